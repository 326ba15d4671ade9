"""How posts look to a reader: everything that decides what stands at a post, as flags."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NamedTuple, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.forum.models import Board, Kind, Post, Reaction, Topic, Watch
from community.forum.permissions import EDITABLE_FOR, REGRET
from community.forum.queries.lists import Row
from community.forum.queries.posts import ShownPost
from community.forum.queries.reader import Reader
from community.members.permissions import User

KINDS = tuple(kind.value for kind in Reaction.Kind)


class ClosedLook(NamedTuple):
    """What decides what stands where one would reply."""

    is_closed: bool
    has_moment: bool  # it is known since when
    has_board: bool  # a board where members open topics

    @classmethod
    def of(cls, topic: Topic, at: datetime) -> Self:
        return cls(
            is_closed=topic.is_closed(at),
            has_moment=topic.locks_at is not None and topic.locks_at <= at,
            has_board=topic.board.stage != Board.Stage.RELEASES,
        )


class PageLook(NamedTuple):
    """What decides how a page of a topic looks but for its facts and posts."""

    is_for_member: bool
    is_moderated: bool
    may_reply: bool
    waits: bool  # words of the reader's own, for approval
    is_continuous: bool
    is_public: bool
    closed: ClosedLook
    is_locked: bool  # by hand
    is_hidden: bool
    is_held: bool
    is_first: bool
    is_last: bool
    has_posts: bool


class FactsLook(NamedTuple):
    """What decides how the facts below a topic's title look."""

    kind: str
    is_fixed: bool
    has_device: bool
    has_build: bool
    links_build: bool
    is_answered: bool
    is_official: bool


@dataclass(frozen=True, kw_only=True)
class WatchChoice:
    """How closely a reader may watch something, and does now."""

    MEANINGS: ClassVar[tuple[tuple[Watch.Level, str | Promise], ...]] = (
        (Watch.Level.WATCHING, _("You are told of every post.")),
        (Watch.Level.TRACKING, _("New posts are counted; you are told of answers and mentions.")),
        (Watch.Level.NORMAL, _("You are told of answers and mentions.")),
        (Watch.Level.MUTED, _("You are told nothing.")),
    )

    name: str  # topic, tag or board
    pk: int
    level: Watch.Level

    @property
    def look(self) -> "WatchLook":
        return WatchLook(self.name, self.level)


class WatchLook(NamedTuple):
    """What decides how the choice looks."""

    name: str
    level: Watch.Level

    @property
    def meanings(self) -> tuple[tuple[Watch.Level, str | Promise], ...]:
        return WatchChoice.MEANINGS


class RowLook(NamedTuple):
    """What decides how a topic looks in a list."""

    is_by_member: bool
    is_by_site: bool
    names_board: bool
    has_kind: bool
    is_pinned: bool
    is_locked: bool
    has_unread: bool
    is_moderated: bool

    @classmethod
    def of(cls, row: Row, *, names_board: bool, is_moderated: bool) -> Self:
        topic = row.topic
        return cls(
            is_by_member=topic.author_id is not None,
            is_by_site=topic.is_by_site,
            names_board=names_board,
            # What most topics of the board are goes without saying.
            has_kind=topic.kind not in {Kind.TALK, topic.board.kinds[0]},
            is_pinned=topic.is_pinned,
            is_locked=topic.is_locked,
            has_unread=row.unread > 0,
            is_moderated=is_moderated,
        )


class HitLook(NamedTuple):
    """What decides how a post that was found looks."""

    is_by_member: bool
    is_by_site: bool
    is_reply: bool

    @classmethod
    def of(cls, post: Post) -> Self:
        return cls(post.author_id is not None, post.is_by_site, post.number > 1)


class PostLook(NamedTuple):
    """Two posts with the same look differ in words alone."""

    is_shown: bool
    is_by_member: bool
    is_by_site: bool
    is_by_team: bool
    is_official: bool
    is_signed: bool  # has a signature below
    is_best: bool
    is_edited: bool
    is_out_of_sight: bool
    is_hidden: bool
    is_held: bool
    is_withdrawn: bool
    has_panels: bool  # what other rooms show below the first post
    felt: tuple[str, ...]  # kinds of reactions
    # What the reader is to it, and may do.
    is_for_member: bool
    is_own: bool
    is_unheard: bool
    is_moderated: bool
    may_reply: bool
    may_edit: bool
    may_withdraw: bool
    may_choose: bool
    may_say_fixed: bool


@dataclass(frozen=True, kw_only=True)
class Beholder:
    """A reader at the posts of a topic."""

    user: User
    reader: Reader
    topic: Topic
    may_reply: bool
    at: datetime

    def looks(self, posts: Iterable[ShownPost]) -> Iterator[tuple[ShownPost, PostLook]]:
        """Each post with how it looks to this reader."""
        user_id = self.user.pk if self.user.is_authenticated else None
        moderates, topic = self.reader.moderates, self.topic
        is_question, is_bug = topic.kind == Kind.QUESTION, topic.kind == Kind.BUG
        asked = is_question and (moderates or (user_id and topic.author_id == user_id))
        mends = is_bug and (moderates or (user_id and self.user.is_staff))
        for post in posts:
            author, is_visible = post.author, post.is_visible
            is_own = user_id is not None and post.author_id == user_id
            is_hidden = post.hidden_at is not None
            is_withdrawn = post.withdrawn_at is not None
            age = self.at - post.created_at
            yield (
                post,
                PostLook(
                    is_shown=is_visible or moderates,
                    is_by_member=author is not None,
                    is_by_site=post.is_by_site,
                    is_by_team=author is not None and author.is_staff,
                    is_official=post.is_official,
                    is_signed=author is not None and bool(author.signature),
                    is_best=topic.best_answer_id == post.pk,
                    is_edited=post.edited_at is not None,
                    is_out_of_sight=not is_visible,
                    is_hidden=is_hidden,
                    is_held=post.held_at is not None,
                    is_withdrawn=is_withdrawn,
                    has_panels=topic.has_panels and post.number == 1,
                    felt=tuple([k for k in KINDS if k in post.reaction_counts])
                    if post.reaction_counts
                    else (),
                    is_for_member=user_id is not None,
                    is_own=is_own,
                    is_unheard=post.author_id in self.reader.unheard,
                    is_moderated=moderates,
                    may_reply=self.may_reply,
                    may_edit=is_own and not is_hidden and self.may_reply and age < EDITABLE_FOR,
                    may_withdraw=is_own and not is_hidden and not is_withdrawn and age < REGRET,
                    may_choose=bool(asked) and post.number > 1,
                    may_say_fixed=bool(mends) and post.number == 1,
                ),
            )
