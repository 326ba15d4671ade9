"""Addresses of the honours room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern

app_name = "honours"

urlpatterns: list[URLPattern] = []
api_patterns: list[URLPattern] = []
