"""Posting: opening a topic, replying, editing one's own words."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from community.forum.models import Board, Post, Topic
from community.members.models import Member

# How many posts a member may write in how long; generous to people, tight for machines.
MOST_POSTS = 6
MOST_POSTS_WITHIN = timedelta(minutes=1)


class TopicLocked(Exception):
    """Nobody may reply to this topic any more."""


class PostingTooFast(Exception):
    """The member wrote MOST_POSTS posts within MOST_POSTS_WITHIN."""


def open_topic(
    *,
    board: Board,
    title: str,
    body: str,
    author: Member | None,
    at: datetime,
    kind: str = Topic.Kind.TALK,
    submission_key: UUID | None = None,
) -> Topic:
    """A new topic with its first post; without an author the site itself speaks.

    The same submission key of the same author opens one topic, however often it is sent.
    Raises PostingTooFast.
    """
    _refuse_haste(author, submission_key, at)
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
            )
            _write(
                Post(topic=topic, number=1, author=author, submission_key=submission_key), body, at
            )
    except IntegrityError as error:
        return _sent_before(error, author, submission_key).topic
    return topic


def reply(
    *, topic: Topic, author: Member | None, body: str, submission_key: UUID | None, at: datetime
) -> Post:
    """The next post of a topic. The topic's row is locked, so no number is given twice.

    The same submission key of the same author is one post, however often it is sent.
    Raises TopicLocked or PostingTooFast.
    """
    _refuse_haste(author, submission_key, at)
    try:
        with transaction.atomic():
            current = Topic.objects.select_for_update().get(pk=topic.pk)
            if current.is_locked:
                raise TopicLocked
            number = current.post_count + 1
            post = _write(
                Post(topic=current, number=number, author=author, submission_key=submission_key),
                body,
                at,
            )
            current.post_count = number
            current.last_post_at = max(current.last_post_at, at)
            current.save(update_fields=["post_count", "last_post_at"])
    except IntegrityError as error:
        return _sent_before(error, author, submission_key)
    return post


def edit_post(*, post: Post, body: str, at: datetime) -> Post:
    """Replace the words of a post; what it said before is not kept."""
    post.take_body(body)
    post.edited_at = at
    post.save(update_fields=["body", "html", "html_rules", "edited_at"])
    return post


def _write(post: Post, body: str, at: datetime) -> Post:
    post.take_body(body)
    post.is_by_site = post.author is None
    post.created_at = at
    post.save(force_insert=True)
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


def _sent_before(error: IntegrityError, author: Member | None, submission_key: UUID | None) -> Post:
    """The post this submission made the first time; any other error goes on its way."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if getattr(diagnosis, "constraint_name", "") != "post_submitted_once":
        raise error
    return Post.objects.select_related("topic").get(author=author, submission_key=submission_key)
