"""Proposals: what members wish for."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    name = "feedback.proposals"

    def ready(self) -> None:
        from community.builds import mails, panels
        from community.forum import slots
        from community.honours import medals
        from community.honours.rules import RuleKind, register
        from community.members.personal import register_eraser
        from feedback.proposals.crediting import ACCEPTED, SHIPPED
        from feedback.proposals.domain.shipping import NOTICE, told_of
        from feedback.proposals.medal import MEDAL
        from feedback.proposals.notice_kinds import register_kinds
        from feedback.proposals.panels import (
            rewarded_wishes,
            status_of_wish,
            wished_as,
        )
        from feedback.proposals.personal import erase

        medals.register(MEDAL)
        panels.register_for_features("feature.origin", wished_as)
        slots.register_head(status_of_wish)
        register_eraser(erase)
        register_kinds()
        label = _("What shipped, to everybody who asked for it")
        mails.register(mails.ProductMail(kind=NOTICE, label=label, told=told_of))
        for rule, label in (
            (ACCEPTED, _("A wish of yours was accepted")),
            (SHIPPED, _("A wish of yours was shipped")),
        ):
            register(RuleKind(name=rule, label=label, amount=50, explain=rewarded_wishes))
