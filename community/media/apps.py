"""Pictures people put into what they write."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "community.media"
