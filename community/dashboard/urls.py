"""Addresses of the dashboard: its page, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from community.dashboard import api, views

app_name = "dashboard"

urlpatterns: list[URLPattern] = [path("staff/", views.dashboard, name="dashboard")]
api_patterns: list[URLPattern] = [
    path("staff/figures/", api.FiguresAddress.as_view(), name="api_staff_figures"),
]
