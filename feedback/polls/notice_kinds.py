"""What polls tell members."""

from django.utils.translation import gettext_lazy as _

from community.notices.kinds import EMAIL, PUSH, SITE, NoticeKind, register
from feedback.polls.domain.closing import CLOSED


def register_kinds() -> None:
    register(
        NoticeKind(
            CLOSED,
            _("Polls I voted in that have closed"),
            _("Polls"),
            one=_("A poll you voted in has closed: “%(title)s”"),
            icon="chart-bar",
            channels=frozenset({SITE, EMAIL, PUSH}),
        )
    )
