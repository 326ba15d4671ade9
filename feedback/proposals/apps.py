"""Proposals: what members wish for."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    name = "feedback.proposals"

    def ready(self) -> None:
        from community.builds import panels
        from community.honours.rules import RuleKind, register
        from feedback.proposals.crediting import ACCEPTED, SHIPPED
        from feedback.proposals.panels import rewarded_wishes, wished_as

        panels.register_for_features("feature.origin", wished_as)
        for rule, label in (
            (ACCEPTED, _("A wish of yours was accepted")),
            (SHIPPED, _("A wish of yours was shipped")),
        ):
            register(RuleKind(name=rule, label=label, amount=50, explain=rewarded_wishes))
