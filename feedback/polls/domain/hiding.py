"""Taking a poll out of sight, and back: nothing of it is lost."""

from datetime import datetime

from django.db import transaction

from community.members.models import Member
from community.moderation.domain.log import record
from community.moderation.models import LogEntry
from feedback.polls.domain import window
from feedback.polls.models import Poll

HIDDEN, SHOWN = "hide_poll", "show_poll"


def hide(*, poll: Poll, by: Member, at: datetime, reason: str = "") -> None:
    """Let moderators alone see a poll; nobody votes in it meanwhile."""
    _set_hidden(poll, HIDDEN, by, at, reason=reason)


def show(*, poll: Poll, by: Member, at: datetime, undoes: LogEntry | None = None) -> None:
    """Bring a hidden poll back with the votes it had."""
    _set_hidden(poll, SHOWN, by, at, undoes=undoes)


def _set_hidden(
    poll: Poll,
    act: str,
    by: Member,
    at: datetime,
    *,
    reason: str = "",
    undoes: LogEntry | None = None,
) -> None:
    is_hidden = act == HIDDEN
    with transaction.atomic():
        window.hold_closed(poll.pk)  # a vote under way counts before or not at all
        others = Poll.objects.filter(pk=poll.pk, hidden_at__isnull=is_hidden)
        if not others.update(hidden_at=at if is_hidden else None):
            return
        record(
            by=by,
            act=act,
            subject=f"poll:{poll.pk}",
            at=at,
            board=poll.topic.board.slug,
            detail={"topic": poll.topic_id, "title": poll.title, "reason": reason},
            undoes=undoes,
        )
