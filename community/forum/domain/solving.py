"""How a topic comes to its end: a question's best answer, the build that mends a bug."""

from datetime import datetime

from django.db import transaction

from community.forum.models import Post, Reference, Topic


class NotAnAnswer(Exception):
    """The post does not answer this question: another topic, the question itself, out of sight."""


class NotABug(Exception):
    """Only bugs are fixed."""


def choose_answer(*, topic: Topic, post: Post | None) -> None:
    """Let a reply be the best answer to its question, or none. Raises NotAnAnswer."""
    if post is not None and not _answers(topic, post):
        raise NotAnAnswer
    Topic.objects.filter(pk=topic.pk, kind=Topic.Kind.QUESTION).update(best_answer=post)


def _answers(topic: Topic, post: Post) -> bool:
    is_reply = topic.kind == Topic.Kind.QUESTION and post.topic_id == topic.pk and post.number > 1
    return is_reply and not (post.hidden_at or post.held_at or post.withdrawn_at)


def say_fixed(*, topic: Topic, build: str, at: datetime) -> None:
    """Say which build mends a bug; with "" it is open again. Raises NotABug."""
    with transaction.atomic():
        bug = Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)
        if bug.kind != Topic.Kind.BUG:
            raise NotABug
        bug.fixed_in = build
        bug.fixed_at = at if build else None
        bug.save(update_fields=["fixed_in", "fixed_at"])
        if build:
            first = bug.posts.only("pk").get(number=1)
            Reference.objects.bulk_create(
                [Reference(post=first, kind="build", key=build)], ignore_conflicts=True
            )
