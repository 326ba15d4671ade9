"""Addresses of the notices room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern

app_name = "notices"

urlpatterns: list[URLPattern] = []
api_patterns: list[URLPattern] = []
