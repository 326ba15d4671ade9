"""Private conversations between members."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "community.conversations"
