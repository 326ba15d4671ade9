"""Addresses of the members room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from community.members import views

app_name = "members"

urlpatterns: list[URLPattern] = [
    path("members/<str:username>/", views.profile, name="profile"),
    path("settings/", views.edit_profile, name="settings"),
    path("settings/preferences/", views.edit_preferences, name="preferences"),
    path("settings/devices/", views.device_list, name="devices"),
    path("settings/devices/<int:pk>/main/", views.make_device_main, name="make_device_main"),
    path("settings/devices/<int:pk>/remove/", views.remove_device, name="remove_device"),
    path("settings/tokens/", views.token_list, name="tokens"),
    path("settings/tokens/<int:pk>/revoke/", views.revoke_token, name="revoke_token"),
]
api_patterns: list[URLPattern] = []
