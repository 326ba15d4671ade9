"""Refusals in the reader's language."""

from django.utils.translation import gettext as _

from community.gifts.domain import giving
from community.moderation.domain.judging import TextRefused


def sentence(refused: giving.GiftRefused | TextRefused) -> str:
    """What was refused and why, for people."""
    if isinstance(refused, TextRefused):
        return _("These words cannot stand here: %(rules)s") % {"rules": ", ".join(refused.rules)}
    if isinstance(refused, giving.ToOneself):
        return _("You cannot give to yourself.")
    return _("You have given %(count)s gifts today: go on tomorrow.") % {"count": giving.MOST_A_DAY}
