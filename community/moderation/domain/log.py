"""Writing into the staff log. Rooms above call `record` for what their staff do or look at."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from community.members.models import Member
from community.moderation.models import LogEntry


class UndoneBefore(Exception):
    """Somebody has taken this act back already."""


def record(
    *,
    by: Member | None,
    act: str,
    subject: str,
    at: datetime,
    detail: dict[str, Any] | None = None,
    about: Collection[int] = (),
    board: str = "",
    undoes: LogEntry | None = None,
) -> LogEntry:
    """One line of the log, for good.

    Without `by` the site itself did it. `act` is a word registered with community.moderation.acts,
    `subject` what it was done to ("post:12"), `about` the ids of members whose personal data were
    shown, `detail` JSON.
    Raises UndoneBefore.
    """
    try:
        with transaction.atomic():
            return LogEntry.objects.create(
                by=by,
                by_name=by.display_name if by else "",
                act=act,
                subject=subject,
                at=at,
                detail=detail or {},
                about=sorted(about),
                board=board,
                undoes=undoes,
            )
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if undoes and "undoes" in (getattr(diagnosis, "constraint_name", "") or ""):
            raise UndoneBefore from error
        raise
