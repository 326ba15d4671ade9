"""The Popcorn Award: score, snapshot, podium."""

from typing import Any

from django.apps import AppConfig
from django.core import checks


class PopcornConfig(AppConfig):
    name = "awards.popcorn"

    def ready(self) -> None:
        from awards.popcorn import panels, previews
        from awards.popcorn.domain import knobs
        from awards.popcorn.medal import MEDAL
        from awards.popcorn.sections import AWARD
        from community.builds import panels as builds
        from community.builds import sections
        from community.honours import medals
        from community.members import panels as members
        from feedback.fourgrid.domain import installed_base
        from feedback.reports import panels as reports
        from feedback.reports.domain import worth

        builds.register("build.after_features", panels.award_on_build)
        builds.register_for_engineers("engineer.after", panels.awards_on_engineer)
        members.register(panels.title_on_profile)
        sections.register(AWARD)
        sections.register_preview(AWARD.name, previews.of_knobs)
        sections.register_preview(installed_base.SECTION, previews.of_installed_base)
        medals.register(MEDAL)
        reports.register("report.action", panels.announce_on_report)
        reports.register("report.summary", panels.discount_on_report)
        reports.register("report.award", panels.award_on_report)
        worth.register(knobs.joy_of_build)
        reports.register_for_first_page(panels.award_on_first_page)
        checks.register(check_signing_key, "popcorn", deploy=True)


def check_signing_key(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Awards are signed: a site without its key would find out on the first Wednesday."""
    from awards.popcorn.domain.signing import NoSigningKey, signing_key

    try:
        signing_key()
    except NoSigningKey as error:
        return [checks.Error(str(error), id="popcorn.E001")]
    return []
