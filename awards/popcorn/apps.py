"""The Popcorn Award: score, snapshot, podium."""

from django.apps import AppConfig


class PopcornConfig(AppConfig):
    name = "awards.popcorn"
