"""Addresses of the gift wall: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from community.gifts import api, views

app_name = "gifts"

urlpatterns: list[URLPattern] = [
    path("gifts/", views.wall, name="wall"),
    path("gifts/give/", views.give, name="give"),
    path("gifts/<int:pk>/", views.detail, name="detail"),
    path("gifts/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("gifts/<int:pk>/thank/", views.thank, name="thank"),
    path("gifts/<int:pk>/hide/", views.set_hidden, name="set_hidden"),
]
api_patterns: list[URLPattern] = [
    path("gifts/", api.GiftList.as_view(), name="api_gift_list"),
    path("gifts/<int:pk>/", api.GiftAddress.as_view(), name="api_gift"),
    path("gifts/<int:pk>/thanks/", api.GiftThanks.as_view(), name="api_gift_thanks"),
]
