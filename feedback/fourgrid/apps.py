"""Four-grid ballots: voting, eligibility, tally."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FourgridConfig(AppConfig):
    name = "feedback.fourgrid"

    def ready(self) -> None:
        from community.builds.panels import register, register_audience, register_for_features
        from community.honours import medals
        from community.honours.rules import RuleKind
        from community.honours.rules import register as register_rule
        from community.members.panels import register_figure
        from feedback.fourgrid import panels
        from feedback.fourgrid.domain.crediting import RULE
        from feedback.fourgrid.domain.streaks import MEDAL
        from feedback.fourgrid.queries import voted_in
        from feedback.polls import voters
        from feedback.proposals import ratings

        register("build.action", panels.action)
        register_for_features("feature.verdict", panels.verdicts)
        register_audience(panels.audience)
        ratings.register(panels.verdicts)
        voters.register(voted_in)
        register_figure(panels.ballots_of)
        medals.register(MEDAL)
        label = _("You filled in your four grids on a build")
        register_rule(RuleKind(name=RULE, label=label, amount=5, explain=panels.voted_builds))
