"""The project as an app: frame, home page, commands."""

from django.apps import AppConfig


class OrangefridayConfig(AppConfig):
    name = "orangefriday"
