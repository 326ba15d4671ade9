"""What members are told, where and when."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "community.notices"
