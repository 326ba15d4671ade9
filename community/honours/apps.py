"""What members have earned: experience, levels, leaderboards."""

from django.apps import AppConfig


class HonoursConfig(AppConfig):
    name = "community.honours"
