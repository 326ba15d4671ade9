"""Builds: products, the week, features and the engineers who signed them."""

from django.apps import AppConfig


class BuildsConfig(AppConfig):
    name = "community.builds"
