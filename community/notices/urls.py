"""Addresses of the notices room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from community.notices import views

app_name = "notices"

urlpatterns: list[URLPattern] = [
    path("notices/", views.notice_list, name="list"),
    path("notices/unread/", views.unread, name="unread"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/<int:pk>/", views.open_notice, name="open"),
    path("notices/<int:pk>/read/", views.read_notice, name="read"),
]
api_patterns: list[URLPattern] = []
