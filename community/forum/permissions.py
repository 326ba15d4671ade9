"""Who may read, write and moderate where."""

from datetime import datetime, timedelta

from community.forum.models import Board, Post, Topic
from community.members.permissions import (
    User,
    is_admin,
    is_member,
    may_enter_staff_pages,
    may_take_part,
)

EDITABLE_FOR = timedelta(days=1)


def moderates(user: User, board: Board) -> bool:
    return is_member(user) and (is_admin(user) or board.moderators.filter(pk=user.pk).exists())


def may_read_board(user: User, board: Board) -> bool:
    """As Board.readers says; `BoardQuerySet.readable_by` is the same for lists."""
    if board.readers == Board.Readers.EVERYBODY:
        return True
    if board.readers == Board.Readers.MEMBERS:
        return is_member(user)
    return may_enter_staff_pages(user) or moderates(user, board)


def may_read(user: User, topic: Topic) -> bool:
    """Who may read the board; a topic out of sight only moderators, a held one its author too."""
    if not may_read_board(user, topic.board):
        return False
    waits = topic.hidden_at is None and topic.held_at is not None
    if topic.is_visible or (waits and is_member(user) and topic.author_id == user.pk):
        return True
    return moderates(user, topic.board)


def may_read_post(user: User, post: Post) -> bool:
    """A post out of sight is there for moderators, and for its author unless they hid it."""
    if not may_read(user, post.topic):
        return False
    is_own = is_member(user) and post.author_id == user.pk and post.hidden_at is None
    return post.is_visible or is_own or moderates(user, post.topic.board)


def may_open_topic(user: User, board: Board, at: datetime) -> bool:
    """Anybody in good standing; on the board of releases the site speaks, and moderators."""
    if moderates(user, board):
        return may_take_part(user, at)
    if board.stage == Board.Stage.RELEASES or not _has_level(user, board.level_to_open):
        return False
    return may_read_board(user, board) and may_take_part(user, at)


def may_reply(user: User, topic: Topic, at: datetime) -> bool:
    """Whoever reads, in good standing and of the board's level, while the topic is open."""
    if not topic.is_visible or topic.is_closed(at) or not may_read(user, topic):
        return False
    may_here = _has_level(user, topic.board.level_to_reply) or moderates(user, topic.board)
    return may_here and may_take_part(user, at)


def may_edit(user: User, post: Post, at: datetime) -> bool:
    """One's own words, for a day, while the topic is open."""
    is_own = is_member(user) and post.author_id == user.pk and post.hidden_at is None
    is_young = at < post.created_at + EDITABLE_FOR
    return is_own and is_young and not post.topic.is_closed(at) and may_take_part(user, at)


def _has_level(user: User, level: int) -> bool:
    return level == 0 or (user.is_authenticated and user.level >= level)
