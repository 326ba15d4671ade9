"""Addresses of the reports room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern

app_name = "reports"

urlpatterns: list[URLPattern] = []
api_patterns: list[URLPattern] = []
