"""What moderators do to topics and posts. Every act writes a line into the staff log."""

from community.forum.domain.moderation.hiding import hide_post, show_post
from community.forum.domain.moderation.merging import CannotMerge, merge
from community.forum.domain.moderation.splitting import CannotSplit, split
from community.forum.domain.moderation.topics import change, move, set_hidden, set_locked

__all__ = [
    "CannotMerge",
    "CannotSplit",
    "change",
    "hide_post",
    "merge",
    "move",
    "set_hidden",
    "set_locked",
    "show_post",
    "split",
]
