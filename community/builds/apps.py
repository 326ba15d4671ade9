"""Builds: products, the week, features and the engineers who signed them."""

from datetime import datetime

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BuildsConfig(AppConfig):
    name = "community.builds"

    def ready(self) -> None:
        from community.builds import (
            calendar_section,
            mail_section,
            named,
            panels,
            sections,
            suggestions,
        )
        from community.builds.discussed import build_discussed, engineer_discussed
        from community.forum import known, references
        from community.forum.search import suggesting
        from community.honours.panels import Period, register_period
        from community.members.panels import register_device_families

        sections.register(calendar_section.CALENDAR)
        sections.register_preview(calendar_section.CALENDAR.name, calendar_section.preview)
        sections.register(mail_section.MAIL)
        sections.register_preview(mail_section.MAIL.name, mail_section.preview)
        register_device_families(named.device_words)
        register_period(Period(name="build", label=_("This build"), since=last_release))
        suggesting.register("build", suggestions.builds_like)
        suggesting.register("engineer", suggestions.engineers_like)
        references.register("build", named.find_builds)
        references.register("feature", named.find_features)
        references.register("engineer", named.find_engineers)
        known.register_builds(named.builds_offered)
        known.register_tags("build", named.build_words)
        known.register_tags("device", named.device_words)
        known.register_tags("area", named.area_words)
        known.register_officials(named.speaks_for)
        panels.register("build.after_features", build_discussed)
        panels.register_for_engineers("engineer.after", engineer_discussed)


def last_release(at: datetime) -> datetime | None:
    """When the last build went out."""
    from community.builds.models import Build

    out = Build.objects.public().filter(published_at__lte=at).order_by("-published_at")
    return out.values_list("published_at", flat=True).first()
