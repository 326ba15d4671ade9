"""Posting: opening a topic, replying."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from community.forum.domain.approving import Verdict, hold, judged, next_waiting_number
from community.forum.domain.drafts import forget_draft
from community.forum.domain.editing import edit_post
from community.forum.domain.naming import names_in, write_references
from community.forum.domain.showing import keep_what_it_shows
from community.forum.domain.tagging import tag_topic
from community.forum.models import Board, Post, Topic
from community.forum.permissions import moderates
from community.members.models import Member
from community.moderation.domain.judging import TextRefused

__all__ = [
    "PostingTooFast",
    "TextRefused",
    "TooSoon",
    "TopicLocked",
    "drawn",
    "edit_post",
    "open_topic",
    "reply",
]

# How many posts a member may write in how long; generous to people, tight for machines.
MOST_POSTS = 6
MOST_POSTS_WITHIN = timedelta(minutes=1)


class TopicLocked(Exception):
    """Nobody may reply to this topic any more."""


class PostingTooFast(Exception):
    """The member wrote MOST_POSTS posts within MOST_POSTS_WITHIN."""


class TooSoon(Exception):
    """The topic is in slow mode; `until` is when the member may reply again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def open_topic(
    *,
    board: Board,
    title: str,
    body: str,
    author: Member | None,
    at: datetime,
    kind: str = Topic.Kind.TALK,
    device: str = "",
    build: str = "",
    tags: Sequence[str] = (),
    submission_key: UUID | None = None,
) -> Topic:
    """A new topic with its first post; without an author the site itself speaks.

    `build` is the key of a known build. The same submission key of the same author opens one
    topic, however often it is sent; the draft it was written in is gone with it. What waits for
    approval is held. Raises PostingTooFast, TextRefused, or domain.tagging.BadTag.
    """
    _refuse_haste(author, submission_key, at)
    verdict = judged(texts=(title, body), board=board, author=author)
    title, body = verdict.texts
    held_at = at if verdict.held_for else None
    try:
        with transaction.atomic():
            topic = Topic.objects.create(
                board=board,
                kind=kind,
                title=title,
                author=author,
                created_at=at,
                last_post_at=at,
                post_count=1,
                held_at=held_at,
                device=device,
                build=build,
            )
            post = Post(
                topic=topic,
                number=1,
                author=author,
                submission_key=submission_key,
                held_at=held_at,
            )
            _write(post, body, at, also={("build", build)} if build else set())
            _follow(post, verdict, at)
            tag_topic(topic=topic, names=tags)
            forget_draft(member=author, place=f"new:{board.slug}")
    except IntegrityError as error:
        return _sent_before(error, author, submission_key).topic
    return topic


def reply(
    *,
    topic: Topic,
    author: Member | None,
    body: str,
    submission_key: UUID | None,
    at: datetime,
    is_official: bool = False,
    answers: Post | None = None,
) -> Post:
    """The next post of a topic. The topic's row is locked, so no number is given twice.

    An official reply speaks for the product; `answers` is the post it answers.
    The same submission key of the same author is one post, however often it is sent. What waits
    for approval takes no place yet. Raises TopicLocked, PostingTooFast, TooSoon or TextRefused.
    """
    _refuse_haste(author, submission_key, at)
    verdict = judged(texts=(body,), board=topic.board, author=author)
    (body,) = verdict.texts
    try:
        with transaction.atomic():
            current = Topic.objects.select_for_update().get(pk=topic.pk)
            if current.is_closed(at):
                raise TopicLocked
            _refuse_sooner(current, author, submission_key, at)
            waits = bool(verdict.held_for)
            post = Post(
                topic=current,
                number=next_waiting_number(current) if waits else current.post_count + 1,
                held_at=at if waits else None,
                author=author,
                is_official=is_official,
                answers=answers,
                submission_key=submission_key,
            )
            _write(post, body, at)
            if not waits:
                _note_reply(current, post)
            _follow(post, verdict, at)
            forget_draft(member=author, place=f"reply:{topic.pk}")
    except IntegrityError as error:
        return _sent_before(error, author, submission_key)
    return post


def _follow(post: Post, verdict: Verdict, at: datetime) -> None:
    """What a saved post brings with it: a case if it waits, else the answer a word asks for."""
    if verdict.held_for:
        hold(post=post, reasons=verdict.held_for, at=at)
    elif verdict.answer:
        reply(topic=post.topic, author=None, body=verdict.answer, submission_key=None, at=at)


def drawn(body: str, *, names_nobody: bool = False) -> Post:
    """A post that is not saved: how these words would look, here or where nothing is named."""
    post = Post()
    post.take_body(body, None if names_nobody else names_in(body).names)
    return post


def _note_reply(topic: Topic, post: Post) -> None:
    """Let the locked topic know of its newest post."""
    topic.post_count = post.number
    topic.last_post_at = max(topic.last_post_at, post.created_at)
    if topic.replied_at is None and post.author_id != topic.author_id:
        topic.replied_at = post.created_at
    if topic.official_at is None and post.is_official:
        topic.official_at = post.created_at
    topic.save(update_fields=["post_count", "last_post_at", "replied_at", "official_at"])


def _write(
    post: Post, body: str, at: datetime, also: AbstractSet[tuple[str, str]] = frozenset()
) -> Post:
    naming = names_in(body)
    post.take_body(body, naming.names)
    post.is_by_site = post.author is None
    post.created_at = at
    post.is_told = False
    post.save(force_insert=True)
    keep_what_it_shows(post, at=at)
    if things := naming.things | also:
        write_references(post, things)
    return post


def _refuse_haste(author: Member | None, submission_key: UUID | None, at: datetime) -> None:
    """A brake, not a lock: posts sent in the same instant may pass together."""
    if author is None:
        return
    lately = Post.objects.filter(
        author=author, created_at__gt=at - MOST_POSTS_WITHIN, created_at__lte=at
    )
    if lately.exclude(submission_key=submission_key).count() >= MOST_POSTS:
        raise PostingTooFast


def _refuse_sooner(
    topic: Topic, author: Member | None, submission_key: UUID | None, at: datetime
) -> None:
    """Slow mode, as the locked row of the topic has it; moderators of the board are not slowed."""
    if not topic.slow_mode_s or author is None:
        return
    theirs = Post.objects.filter(topic=topic, author=author)
    if submission_key:
        theirs = theirs.exclude(submission_key=submission_key)
    last = theirs.order_by("-created_at").first()
    until = last.created_at + timedelta(seconds=topic.slow_mode_s) if last else at
    if until > at and not moderates(author, topic.board):
        raise TooSoon(until)


def _sent_before(error: IntegrityError, author: Member | None, submission_key: UUID | None) -> Post:
    """The post this submission made the first time; any other error goes on its way."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if getattr(diagnosis, "constraint_name", "") != "post_submitted_once":
        raise error
    return Post.objects.select_related("topic").get(author=author, submission_key=submission_key)
