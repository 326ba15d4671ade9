"""Merging: one topic out of two, its posts in the order they were written."""

from datetime import datetime

from django.db import transaction

from community.forum.domain.counting import recount
from community.forum.domain.moderation.moved import note_moves
from community.forum.domain.moderation.renumbering import number_by_time, put_back
from community.forum.models import FIRST_WAITING, MovedPost, Post, Topic
from community.members.models import Member
from community.moderation.domain.log import record
from community.moderation.models import LogEntry


class CannotMerge(Exception):
    """The same topic twice, one that was merged already, or one in which the site speaks."""


def merge(*, source: Topic, target: Topic, by: Member, at: datetime) -> None:
    """Put the posts of one topic among those of another, by time; the first then leads there.

    Raises CannotMerge.
    """
    with transaction.atomic():
        chosen = Topic.objects.select_for_update(of=("self",)).select_related("board")
        both = {
            topic.pk: topic for topic in chosen.filter(pk__in=[source.pk, target.pk]).order_by("pk")
        }
        is_pair = source.pk != target.pk and both.keys() == {source.pk, target.pk}
        if not is_pair or any(t.merged_into_id or t.is_by_site for t in both.values()):
            raise CannotMerge
        source, target = both[source.pk], both[target.pk]
        places = _places(source, target)
        note_moves(post_ids=[post for post, topic, _n in places if topic == source.pk])
        published = [post for post, _topic, number in places if number < FIRST_WAITING]
        number_by_time(posts=published, into=target.pk)
        _move_waiting(source, target)
        _close(source, target)
        record(
            by=by,
            act="merge_topics",
            subject=f"topic:{source.pk}",
            at=at,
            board=target.board.slug,
            detail={"into": target.pk, "places": places, "best_answer": source.best_answer_id},
        )


def _places(*topics: Topic) -> list[tuple[int, int, int]]:
    posts = Post.objects.filter(topic__in=topics).order_by("pk")
    return list(posts.values_list("pk", "topic_id", "number"))


def _move_waiting(source: Topic, target: Topic) -> None:
    """What waits for approval in the source waits in the target from now on."""
    waiting = Post.objects.filter(topic=source, number__gte=FIRST_WAITING).order_by("number")
    last = Post.objects.filter(topic=target, number__gte=FIRST_WAITING).order_by("-number").first()
    for number, post in enumerate(waiting, start=last.number + 1 if last else FIRST_WAITING):
        Post.objects.filter(pk=post.pk).update(topic=target, number=number)


def _close(source: Topic, target: Topic) -> None:
    Topic.objects.filter(pk=source.pk).update(merged_into=target, post_count=0, best_answer=None)
    if source.has_panels:
        Topic.objects.filter(pk=target.pk).update(has_panels=True)
    _take_from_first_post(target.pk)
    recount([target.pk])


def _take_from_first_post(topic_id: int) -> None:
    """A topic is its first post's: who opened it, and when."""
    first = Post.objects.get(topic=topic_id, number=1)
    Topic.objects.filter(pk=topic_id).update(author=first.author_id, created_at=first.created_at)


def undo_merge(entry: LogEntry, by: Member, at: datetime) -> None:
    """Two topics again; what was written since stays with the one it was written into."""
    source_id, target_id = int(entry.subject.removeprefix("topic:")), entry.detail["into"]
    with transaction.atomic():
        list(Topic.objects.select_for_update().filter(pk__in=[source_id, target_id]).order_by("pk"))
        places = [tuple(place) for place in entry.detail["places"]]
        known = {post for post, _topic, _number in places}
        since = Post.objects.filter(topic=target_id, number__lt=FIRST_WAITING).exclude(pk__in=known)
        last = max(n for _p, topic, n in places if topic == target_id and n < FIRST_WAITING)
        later = [
            (post, target_id, number)
            for number, post in enumerate(
                since.order_by("number").values_list("pk", flat=True), start=last + 1
            )
        ]
        put_back([*places, *later])
        MovedPost.objects.filter(topic=source_id).delete()
        Topic.objects.filter(pk=source_id).update(
            merged_into=None, best_answer=entry.detail["best_answer"]
        )
        _take_from_first_post(target_id)
        recount([source_id, target_id])
        record(by=by, act="undo", subject=entry.subject, at=at, board=entry.board, undoes=entry)
