"""Who may read, write and moderate where."""

from collections.abc import Sequence
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
    return bool(editable(user, [post], at))


def editable(user: User, posts: Sequence[Post], at: datetime) -> set[int]:
    """Numbers of the posts that the user may edit; the database is asked at most once."""
    own = {
        post.number
        for post in posts
        if is_member(user) and post.author_id == user.pk and _is_fresh(post, at)
    }
    return own if own and may_take_part(user, at) else set()


def _is_fresh(post: Post, at: datetime) -> bool:
    is_young = at < post.created_at + EDITABLE_FOR
    return is_young and post.hidden_at is None and not post.topic.is_locked
