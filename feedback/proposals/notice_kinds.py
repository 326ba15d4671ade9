"""What wishes tell members: registered with the notices room in apps.ready()."""

from django.utils.translation import gettext_lazy as _

from community.notices.kinds import EMAIL, PUSH, SITE, NoticeKind, register
from feedback.proposals.domain.telling import ANSWERED
from feedback.proposals.queries.news import words_now

KINDS = (
    NoticeKind(
        "proposals.shipped",
        _("Wishes of mine that shipped"),
        _("Wishes"),
        one=_("You asked, %(engineers)s built it: “%(title)s” is in %(build)s"),
        icon="gift",
        channels=frozenset({SITE, EMAIL, PUSH}),
        words_now=words_now,
    ),
    NoticeKind(
        ANSWERED,
        _("Answers to wishes I wrote, voted for or follow"),
        _("Wishes"),
        one="%(sentence)s",
        icon="clipboard-document-check",
        channels=frozenset({SITE, EMAIL}),
        words_now=words_now,
    ),
)


def register_kinds() -> None:
    for kind in KINDS:
        register(kind)
