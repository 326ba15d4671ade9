"""Splitting: some posts of a topic become a topic of their own."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from community.forum.domain.counting import recount
from community.forum.domain.moderation.moved import note_moves
from community.forum.domain.moderation.renumbering import number_by_time, put_back
from community.forum.models import FIRST_WAITING, Board, MovedPost, Post, Topic
from community.members.models import Member
from community.moderation.domain.log import record
from community.moderation.models import LogEntry


class CannotSplit(Exception):
    """No post was chosen, or the first one, or one of another topic."""


def split(
    *,
    topic: Topic,
    numbers: Collection[int],
    title: str,
    board: Board,
    by: Member,
    at: datetime,
) -> Topic:
    """A new topic out of the posts with these numbers; those that stay keep theirs.

    Raises CannotSplit.
    """
    with transaction.atomic():
        source = Topic.objects.select_for_update().get(pk=topic.pk)
        chosen = Post.objects.filter(topic=source, number__in=numbers, number__lt=FIRST_WAITING)
        posts = list(chosen.order_by("created_at", "pk"))
        if not posts or len(posts) != len(set(numbers)) or posts[0].number == 1:
            raise CannotSplit
        if any(post.number == 1 for post in posts):
            raise CannotSplit
        made = Topic.objects.create(
            board=board,
            title=title,
            author_id=posts[0].author_id,
            created_at=posts[0].created_at,
            last_post_at=posts[-1].created_at,
            post_count=len(posts),
        )
        places = [(post.pk, source.pk, post.number) for post in posts]
        ids = [post.pk for post in posts]
        note_moves(post_ids=ids)
        number_by_time(posts=ids, into=made.pk)
        if source.best_answer_id in ids:
            Topic.objects.filter(pk=source.pk).update(best_answer=None)
        recount([source.pk, made.pk])
        record(
            by=by,
            act="split_topic",
            subject=f"topic:{source.pk}",
            at=at,
            board=board.slug,
            detail={"made": made.pk, "places": places, "best_answer": source.best_answer_id},
        )
    made.refresh_from_db()
    return made


def undo_split(entry: LogEntry, by: Member, at: datetime) -> None:
    """The posts back where they stood; the topic they made leads to where they came from.

    What was written into it since follows at the end.
    """
    source_id, made_id = int(entry.subject.removeprefix("topic:")), entry.detail["made"]
    with transaction.atomic():
        list(Topic.objects.select_for_update().filter(pk__in=[source_id, made_id]).order_by("pk"))
        places = [tuple(place) for place in entry.detail["places"]]
        known = [post for post, _topic, _number in places]
        since = Post.objects.filter(topic=made_id).exclude(pk__in=known).order_by("number")
        last = Topic.objects.get(pk=source_id).post_count
        highest = max(last, *(number for _post, _topic, number in places))
        later = [
            (post, source_id, number)
            for number, post in enumerate(since.values_list("pk", flat=True), start=highest + 1)
        ]
        note_moves(post_ids=[*known, *(post for post, _topic, _number in later)])
        put_back([*places, *later])
        MovedPost.objects.filter(topic=source_id, post__in=known).delete()
        Topic.objects.filter(pk=made_id).update(merged_into=source_id, post_count=0)
        Topic.objects.filter(pk=source_id).update(best_answer=entry.detail["best_answer"])
        recount([source_id])
        record(by=by, act="undo", subject=entry.subject, at=at, board=entry.board, undoes=entry)
