"""Refusals in the reader's language."""

from django.utils.translation import gettext as _

from community.conversations.domain import refusals


def sentence(refused: refusals.Refused) -> str:
    """What was refused and why, for people."""
    if isinstance(refused, refusals.NotWelcome):
        return _("%(name)s takes no messages from you.") % {"name": refused.member}
    return {
        refusals.TooMany: _("A conversation has two to ten members."),
        refusals.TooManyNew: _("You have begun as many conversations today as your level may."),
        refusals.TooFast: _("You have written a lot within a minute. Wait a moment."),
        refusals.NobodyLeft: _("Everybody else has left this conversation."),
        refusals.TooLate: _("A message can be changed for a minute."),
    }[type(refused)]
