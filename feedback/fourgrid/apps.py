"""Four-grid ballots: voting, eligibility, tally."""

from django.apps import AppConfig


class FourgridConfig(AppConfig):
    name = "feedback.fourgrid"

    def ready(self) -> None:
        from community.builds.panels import register, register_audience, register_for_features
        from community.members.panels import register_figure
        from feedback.fourgrid import panels

        register("build.action", panels.action)
        register_for_features("feature.verdict", panels.verdicts)
        register_audience(panels.audience)
        register_figure(panels.ballots_of)
