"""Addresses of the members room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern

app_name = "members"

urlpatterns: list[URLPattern] = []
api_patterns: list[URLPattern] = []
