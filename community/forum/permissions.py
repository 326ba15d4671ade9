"""Who may read, write and moderate where."""

from datetime import datetime, timedelta

from community.forum.models import Board, Post, Topic
from community.members.permissions import User, is_admin, is_member, may_take_part

EDITABLE_FOR = timedelta(days=1)


def moderates(user: User, board: Board) -> bool:
    return is_member(user) and (is_admin(user) or board.moderators.filter(pk=user.pk).exists())


def may_read(user: User, topic: Topic) -> bool:
    return topic.hidden_at is None or moderates(user, topic.board)


def may_open_topic(user: User, board: Board, at: datetime) -> bool:
    """Anybody in good standing; on the board of releases the site speaks, and moderators."""
    if board.stage == Board.Stage.RELEASES and not moderates(user, board):
        return False
    return may_take_part(user, at)


def may_reply(user: User, topic: Topic, at: datetime) -> bool:
    return topic.hidden_at is None and not topic.is_locked and may_take_part(user, at)


def may_edit(user: User, post: Post, at: datetime) -> bool:
    """One's own words, for a day, while the topic is open."""
    is_own = is_member(user) and post.author_id == user.pk
    is_fresh = at < post.created_at + EDITABLE_FOR and post.hidden_at is None
    return is_own and is_fresh and not post.topic.is_locked and may_take_part(user, at)
