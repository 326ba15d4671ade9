"""The moderators' desk: one queue, watched words, sanctions, the staff log."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "community.moderation"
