"""Why a ballot is refused, each reason with its plain sentence."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext

from community.text.joining import listed


class Reason(StrEnum):
    """The word for a refusal; the database function and the API use the same ones."""

    UNKNOWN_BUILD = "unknown_build"
    NOT_OPEN = "not_open"
    CLOSED = "closed"
    TAKEN_BACK = "taken_back"
    INACTIVE = "inactive"
    SUSPENDED = "suspended"
    UNVERIFIED_ADDRESS = "unverified_address"
    YOUNG_ACCOUNT = "young_account"
    UNVERIFIED_INSTALL = "unverified_install"
    FOREIGN_FEATURE = "foreign_feature"
    NAMED_TWICE = "named_twice"
    CLOSED_WISH = "closed_wish"
    WISHED_TWICE = "wished_twice"
    CHANGED_ELSEWHERE = "changed_elsewhere"
    CHANGED_TOO_OFTEN = "changed_too_often"


SENTENCES = {
    Reason.UNKNOWN_BUILD: _("There is no such build."),
    Reason.NOT_OPEN: _("Ballots of %(build)s open at %(moment)s."),
    Reason.CLOSED: _("Ballots of %(build)s closed at %(moment)s."),
    Reason.TAKEN_BACK: _("Build %(build)s was taken back; its ballots have stopped."),
    Reason.INACTIVE: _("Not eligible: this account is closed."),
    Reason.SUSPENDED: _("Not eligible: this account is suspended until %(moment)s."),
    Reason.UNVERIFIED_ADDRESS: _("Not eligible: verify your e-mail address first."),
    Reason.YOUNG_ACCOUNT: _(
        "Not eligible: only accounts older than %(build)s vote on it; it came out at %(moment)s."
    ),
    Reason.UNVERIFIED_INSTALL: _(
        "Not eligible: none of your devices has reported that it runs %(build)s."
    ),
    Reason.FOREIGN_FEATURE: ngettext_lazy(
        "Feature %(ids)s is not in build %(build)s.",
        "Features %(ids)s are not in build %(build)s.",
        "count",
    ),
    Reason.NAMED_TWICE: _("A feature is named twice."),
    Reason.CLOSED_WISH: ngettext_lazy(
        "Wish %(ids)s is not open here any more; choose another.",
        "Wishes %(ids)s are not open here any more; choose others.",
        "count",
    ),
    Reason.WISHED_TWICE: _("A wish is named twice."),
    Reason.CHANGED_TOO_OFTEN: _(
        "You have changed this ballot a thousand times; the last version stands."
    ),
    Reason.CHANGED_ELSEWHERE: _("You have changed this ballot elsewhere meanwhile, at %(moment)s."),
}


class BallotRefused(Exception):
    """The ballot was not saved and nothing changed; ``str()`` is a sentence for its voter.

    ``moment`` is what the reason speaks of (opened, closed, suspended until, published, saved),
    ``ids`` the features or wishes.
    """

    def __init__(
        self,
        reason: Reason,
        *,
        build: str = "",
        moment: datetime | None = None,
        ids: Sequence[int] = (),
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.build = build
        self.moment = moment
        self.ids = list(ids)

    def __str__(self) -> str:
        return SENTENCES[self.reason] % {
            "build": self.build,
            "moment": self._moment(),
            "ids": listed(self.ids),
            "count": len(self.ids),
        }

    def _moment(self) -> str:
        """The exact moment with its zone's offset, so that nobody has to guess."""
        if self.moment is None:
            return ""
        local = timezone.localtime(self.moment)
        offset = f"{local:%z}"
        told = date_format(local, pgettext("exact date and time", "j M Y, H:i"))
        return f"{told} (UTC{offset[:3]}:{offset[3:]})"
