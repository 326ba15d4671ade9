"""Polls as moderators see them, and what the staff log calls what is done to them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.media.models import Picture
from community.members.models import Member
from community.members.permissions import User, is_member
from community.moderation.acts import Act
from community.moderation.models import LogEntry
from community.moderation.subjects import Look, Subject
from feedback.polls import permissions
from feedback.polls.domain import hiding
from feedback.polls.domain.making import REMOVED
from feedback.polls.models import Poll


def _looks(ids: Collection[int]) -> Mapping[int, Look]:
    polls = Poll.objects.to_show().filter(pk__in=ids).prefetch_related("options__picture")
    return {
        poll.pk: Look(
            title=_("Poll in “%(topic)s”") % {"topic": poll.topic},
            url=poll.get_absolute_url(),
            html=_question(poll),
            board=poll.topic.board.slug,
            author=poll.made_by,
            is_hidden=poll.hidden_at is not None,
        )
        for poll in polls
    }


def _question(poll: Poll) -> SafeString:
    """What is asked, and every answer with its picture."""
    options = sorted(poll.options.all(), key=lambda option: option.place)
    rows = [(_picture(option.picture), option.text) for option in options]
    return format_html(
        "<p>{}</p><ul>{}</ul>", poll.title, format_html_join("", "<li>{}{}</li>", rows)
    )


def _picture(picture: Picture | None) -> SafeString | str:
    if picture is None:
        return ""
    return format_html('<img src="{}" alt="" width="96" height="72"> ', picture.thumbnail)


def _may_report(user: User, pk: int) -> bool:
    """What one may see, but did not make."""
    poll = Poll.objects.to_show().filter(pk=pk, hidden_at=None).first()
    if poll is None or not is_member(user) or poll.made_by_id == user.pk:
        return False
    return permissions.may_read_poll(user, poll)


def _hide(pk: int, by: Member, reason: str, at: datetime) -> None:
    hiding.hide(poll=_poll(pk), by=by, reason=reason, at=at)


def _show(pk: int, by: Member, reason: str, at: datetime) -> None:
    hiding.show(poll=_poll(pk), by=by, at=at)


def _undo_hiding(entry: LogEntry, by: Member, at: datetime) -> None:
    poll = _poll(int(entry.subject.rpartition(":")[2]))
    hiding.show(poll=poll, by=by, at=at, undoes=entry)


def _poll(pk: int) -> Poll:
    return Poll.objects.to_show().get(pk=pk)


POLLS = Subject(
    kind="poll",
    label=gettext_lazy("poll"),
    look=_looks,
    may_report=_may_report,
    hide=_hide,
    show=_show,
)
ACTS = (
    Act(name=REMOVED, label=gettext_lazy("removed a poll")),
    Act(name=hiding.HIDDEN, label=gettext_lazy("hid a poll"), undo=_undo_hiding),
    Act(name=hiding.SHOWN, label=gettext_lazy("showed a poll")),
)
