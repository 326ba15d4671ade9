"""Who may read, write and moderate where."""

from datetime import datetime, timedelta

from community.forum import known
from community.forum.models import Board, Kind, Post, Topic
from community.members.permissions import (
    User,
    is_admin,
    is_member,
    may_enter_staff_pages,
    may_write,
)
from community.members.prepared import Statement

EDITABLE_FOR = timedelta(days=1)
# Every page of a board and of a topic asks.
MODERATOR = Statement(
    "forum_moderator",
    "SELECT id FROM forum_board_moderators WHERE member_id = $1 AND board_id = $2",
)
# For so long one undoes by oneself what one has just done.
REGRET = timedelta(minutes=1)


def moderates(user: User, board: Board) -> bool:
    if not is_member(user):
        return False
    return is_admin(user) or MODERATOR.row(user.pk, board.pk) is not None


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
        return may_write(user, at)
    if board.stage == Board.Stage.RELEASES or not _has_level(user, board.level_to_open):
        return False
    return may_read_board(user, board) and may_write(user, at)


def may_reply(user: User, topic: Topic, at: datetime) -> bool:
    """Whoever reads, in good standing and of the board's level, while the topic is open."""
    if not _is_open(topic, at) or not may_read(user, topic):
        return False
    may_here = _has_level(user, topic.board.level_to_reply) or moderates(user, topic.board)
    return may_here and may_write(user, at)


def may_reader_reply(
    user: User, topic: Topic, at: datetime, *, moderates: bool, may_write: bool
) -> bool:
    """As may_reply, without a query, for a reader of whom the rest is known."""
    may_here = moderates or _has_level(user, topic.board.level_to_reply)
    return _is_open(topic, at) and may_here and may_write


def _is_open(topic: Topic, at: datetime) -> bool:
    return topic.is_visible and not topic.is_closed(at)


def may_edit(user: User, post: Post, at: datetime) -> bool:
    """One's own words, for a day, while the topic is open."""
    is_own = is_member(user) and post.author_id == user.pk and post.hidden_at is None
    is_young = at < post.created_at + EDITABLE_FOR
    return is_own and is_young and not post.topic.is_closed(at) and may_write(user, at)


def _has_level(user: User, level: int) -> bool:
    return level == 0 or (user.is_authenticated and user.level >= level)


def may_withdraw(user: User, post: Post, at: datetime) -> bool:
    """Take back what one has just said."""
    return _is_own(user, post) and post.withdrawn_at is None and at < post.created_at + REGRET


def may_put_back(user: User, post: Post, at: datetime) -> bool:
    """Say after all what one has just taken back; moderators help later."""
    if post.withdrawn_at is None or post.hidden_at:
        return False
    is_fresh = _is_own(user, post) and at < post.withdrawn_at + REGRET
    return is_fresh or moderates(user, post.topic.board)


def may_restore(user: User, post: Post, at: datetime) -> bool:
    """Let a post say again what it said: who may edit it, and moderators."""
    return may_edit(user, post, at) or moderates(user, post.topic.board)


def may_react(user: User, post: Post, at: datetime) -> bool:
    """Whoever reads it, in good standing; one's own words speak for themselves."""
    is_others = is_member(user) and post.author_id != user.pk
    return is_others and post.is_visible and may_write(user, at)


def may_say_me_too(user: User, topic: Topic, at: datetime) -> bool:
    """Whoever else has met an open bug."""
    is_others = is_member(user) and topic.author_id != user.pk
    return topic.kind == Kind.BUG and is_others and topic.is_visible and may_write(user, at)


def may_choose_answer(user: User, topic: Topic, at: datetime) -> bool:
    """Who asked, and moderators."""
    if topic.kind != Kind.QUESTION or not is_member(user):
        return False
    asked = topic.author_id == user.pk and may_write(user, at)
    return asked or moderates(user, topic.board)


def may_say_fixed(user: User, topic: Topic) -> bool:
    """Who speaks for the product, and moderators."""
    if topic.kind != Kind.BUG or not is_member(user):
        return False
    return moderates(user, topic.board) or known.speaks_officially(user, topic)


def _is_own(user: User, post: Post) -> bool:
    return is_member(user) and post.author_id == user.pk and post.hidden_at is None
