"""Proposals: what members wish for."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "feedback.proposals"

    def ready(self) -> None:
        from community.builds import panels
        from feedback.proposals.panels import wished_as

        panels.register_for_features("feature.origin", wished_as)
