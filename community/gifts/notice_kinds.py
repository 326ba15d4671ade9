"""What the gift wall tells members."""

from django.utils.translation import gettext_lazy as _

from community.gifts.domain.telling import GIVEN, THANKED
from community.notices.kinds import EMAIL, PUSH, SITE, NoticeKind

_EVERYWHERE = frozenset({SITE, EMAIL, PUSH})
WALL = _("Gift wall")

KINDS = (
    NoticeKind(
        GIVEN,
        _("Gifts for me"),
        WALL,
        one=_("%(by)s gave you something: “%(title)s”"),
        icon="gift",
        channels=_EVERYWHERE,
    ),
    NoticeKind(
        THANKED,
        _("Thanks for my gifts"),
        WALL,
        one=_("You are thanked for your gift “%(title)s”"),
        icon="heart",
    ),
)
