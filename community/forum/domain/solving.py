"""How a topic comes to its end: a question's best answer, the build that mends a bug."""

from datetime import datetime

from django.db import transaction

from community.forum.models import Post, Reference, Topic
from community.members.models import Member
from community.notices.domain.telling import tell


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


def say_fixed(*, topic: Topic, build: str, at: datetime, by: Member | None = None) -> None:
    """Say which build mends a bug; with "" it is open again. Raises NotABug.

    Who reported the bug and who met it are told, once for each build.
    """
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
            _tell_who_met(bug, first, by, at)


def _tell_who_met(bug: Topic, first: Post, by: Member | None, at: datetime) -> None:
    met = set(bug.me_toos.values_list("member_id", flat=True))
    tell(
        kind="forum.fixed",
        members=met | ({bug.author_id} if bug.author_id else set()),
        about=f"bug {bug.pk} {bug.fixed_in}",
        url=bug.get_absolute_url(),
        words={"title": bug.title, "build": bug.fixed_in, "post": str(first.pk)},
        by=by.pk if by else None,
        at=at,
    )
