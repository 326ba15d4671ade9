"""Four-grid ballots: voting, eligibility, tally."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FourgridConfig(AppConfig):
    name = "feedback.fourgrid"

    def ready(self) -> None:
        from community.builds import sections
        from community.builds.domain.product_week import CALENDAR
        from community.builds.panels import register, register_audience, register_for_features
        from community.honours import medals
        from community.honours.rules import RuleKind
        from community.honours.rules import register as register_rule
        from community.members.panels import register_figure
        from feedback.fourgrid import panels, previews
        from feedback.fourgrid.domain.crediting import RULE
        from feedback.fourgrid.domain.streaks import MEDAL
        from feedback.fourgrid.queries import voted_in
        from feedback.fourgrid.sections import ELIGIBILITY, INSTALLED_BASE
        from feedback.polls import voters
        from feedback.proposals import ratings

        sections.register(INSTALLED_BASE)
        sections.register(ELIGIBILITY)
        sections.register_preview(INSTALLED_BASE.name, previews.of_installed_base)
        sections.register_preview(ELIGIBILITY.name, previews.of_voting_rules)
        sections.register_preview(CALENDAR, previews.of_calendar)
        register("build.action", panels.action)
        register_for_features("feature.verdict", panels.verdicts)
        register_audience(panels.audience)
        ratings.register(panels.verdicts)
        voters.register(voted_in)
        register_figure(panels.ballots_of)
        medals.register(MEDAL)
        label = _("You filled in your four grids on a build")
        register_rule(RuleKind(name=RULE, label=label, amount=5, explain=panels.voted_builds))
