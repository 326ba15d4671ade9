"""The moderators' desk: one queue, watched words, sanctions, the staff log."""

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db.models.signals import post_migrate


class ModerationConfig(AppConfig):
    name = "community.moderation"

    def ready(self) -> None:
        from community.members import panels, texts, witness
        from community.moderation import kinds, profiles, subjects

        subjects.register(kinds.PROFILES)
        subjects.register(kinds.APPEALS)
        kinds.register_acts()
        kinds.register_notices()
        witness.register(kinds.note_look)
        texts.register(profiles.judged)
        panels.register_action(profiles.report_link)
        post_migrate.connect(add_first_rules, sender=self)


def add_first_rules(apps: Apps = installed_apps, **_kwargs: object) -> None:
    """After every migration: the rules of approval every site begins with."""
    from community.moderation.domain.approval import ensure_rules

    if "approvalrule" in apps.all_models["moderation"]:
        ensure_rules()
