"""The forum's acts in the staff log, each with its way back."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from community.forum.domain.moderation.hiding import hide_post, show_post
from community.forum.domain.moderation.merging import undo_merge
from community.forum.domain.moderation.splitting import undo_split
from community.forum.domain.moderation.topics import change
from community.forum.models import Post, Topic
from community.members.models import Member
from community.moderation.acts import Act, register
from community.moderation.models import LogEntry

MOMENTS = ("locks_at", "pinned_until")


def register_acts() -> None:
    """Let the log know what moderators of the forum do."""
    register(
        Act(name="hide_post", label=_("hid a post"), undo=_undo_hide),
        Act(name="show_post", label=_("showed a post"), undo=_undo_show),
        Act(name="approve_post", label=_("approved a post")),
        Act(name="refuse_post", label=_("refused a post")),
        Act(name="lock_topic", label=_("locked a topic"), undo=_undo_change),
        Act(name="unlock_topic", label=_("unlocked a topic"), undo=_undo_change),
        Act(name="pin_topic", label=_("pinned a topic"), undo=_undo_change),
        Act(name="unpin_topic", label=_("unpinned a topic"), undo=_undo_change),
        Act(name="slow_topic", label=_("slowed a topic"), undo=_undo_change),
        Act(name="time_lock", label=_("set when a topic locks"), undo=_undo_change),
        Act(name="move_topic", label=_("moved a topic"), undo=_undo_change),
        Act(name="merge_topics", label=_("merged two topics"), undo=undo_merge),
        Act(name="split_topic", label=_("split a topic"), undo=undo_split),
    )


def _undo_change(entry: LogEntry, by: Member, at: datetime) -> None:
    topic = Topic.objects.get(pk=int(entry.subject.removeprefix("topic:")))
    before = {name: _restored(name, value) for name, value in entry.detail["before"].items()}
    change(topics=[topic], act="undo", by=by, at=at, undoes=entry, **before)


def _restored(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if value and name in MOMENTS else value


def _undo_hide(entry: LogEntry, by: Member, at: datetime) -> None:
    show_post(post=_post(entry), by=by, at=at, undoes=entry)


def _undo_show(entry: LogEntry, by: Member, at: datetime) -> None:
    hide_post(post=_post(entry), by=by, at=at, undoes=entry)


def _post(entry: LogEntry) -> Post:
    return Post.objects.get(pk=int(entry.subject.removeprefix("post:")))
