"""What members have earned: experience, levels, leaderboards, medals."""

from django.apps import AppConfig
from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HonoursConfig(AppConfig):
    name = "community.honours"

    def ready(self) -> None:
        from community.honours import notice_kinds, subjects
        from community.honours.domain.experience import BROUGHT
        from community.honours.rules import RuleKind, register
        from community.honours.wall import medals_on_profile
        from community.members import panels
        from community.moderation import acts
        from community.moderation.subjects import register as register_subject
        from community.notices import kinds

        register(
            RuleKind(name=BROUGHT, label=_("Brought along from before"), amount=1, is_a_way=False)
        )
        panels.register(medals_on_profile, is_activity=True)
        register_subject(subjects.APPLICATIONS)
        acts.register(*subjects.ACTS)
        for kind in notice_kinds.KINDS:
            kinds.register(kind)
        post_migrate.connect(add_first_rules, sender=self)


def add_first_rules(apps: Apps = installed_apps, **_kwargs: object) -> None:
    """After every migration, as Django adds its permissions: one list, in the code that uses it."""
    from community.honours.domain.medals import ensure_medals
    from community.honours.domain.rules import ensure_rules

    known = apps.all_models["honours"]
    if "rule" in known:
        ensure_rules()
    if "medalstage" in known:
        ensure_medals()
