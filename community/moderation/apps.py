"""The moderators' desk: one queue, watched words, sanctions, the staff log."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "community.moderation"

    def ready(self) -> None:
        from community.moderation import kinds, subjects

        subjects.register(kinds.PROFILES)
        subjects.register(kinds.APPEALS)
        kinds.register_acts()
