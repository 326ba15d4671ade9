"""Addresses of the builds room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from community.builds.views import builds

app_name = "builds"

urlpatterns: list[URLPattern] = [
    path("builds/<str:slug>/", builds.detail, name="detail"),
]
api_patterns: list[URLPattern] = []
