"""Holding posts back: judged before they are saved, published or refused by a moderator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from community.forum.domain.counting import recount
from community.forum.domain.showing import keep_what_it_shows
from community.forum.models import FIRST_WAITING, Board, Post, Topic
from community.members.models import Member
from community.moderation.domain.approval import reasons_to_wait
from community.moderation.domain.cases import open_case
from community.moderation.domain.judging import refuse_blocked
from community.moderation.domain.log import record
from community.moderation.models import ApprovalRule, Case
from community.text.markdown import render

_IN_HTML = {
    ApprovalRule.Rule.FIRST_LINKS: '<a href="http',
    ApprovalRule.Rule.FIRST_PICTURES: "<img ",
}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What becomes of a post: its texts as they are kept, why it waits, what answers it."""

    texts: tuple[str, ...]
    held_for: tuple[str, ...] = ()
    answer: str = ""


def judged(*, texts: Sequence[str], board: Board, author: Member | None) -> Verdict:
    """Judge what somebody is about to post, the body last. Raises TextRefused.

    What the site and the board's moderators write is published as it is.
    """
    if (
        author is None
        or author.is_superuser
        or author.moderated_boards.filter(pk=board.pk).exists()
    ):
        return Verdict(texts=tuple(texts))
    judgement = refuse_blocked(texts=texts, board=board.slug)
    rules = reasons_to_wait(
        member=author,
        board=board.slug,
        sorts=_sorts(texts[-1]),
        published=lambda rule, most: _published(author, rule, most),
    )
    watched = list(judgement.rules) if judgement.is_held else []
    return Verdict(texts=judgement.texts, held_for=(*watched, *rules), answer=judgement.reply)


def _sorts(body: str) -> set[str]:
    html = render(body, keeps_lines=True)
    seen = {rule for rule, mark in _IN_HTML.items() if mark in html}
    return {ApprovalRule.Rule.FIRST_POSTS, *seen}


def _published(author: Member, rule: str, most: int) -> int:
    posts = Post.objects.visible().filter(author=author)
    if mark := _IN_HTML.get(ApprovalRule.Rule(rule)):
        posts = posts.filter(html__contains=mark)
    return posts[:most].count()


def next_waiting_number(topic: Topic) -> int:
    """The number of the next reply that waits in a locked topic, beyond those with a place."""
    waiting = Post.objects.filter(topic=topic, number__gte=FIRST_WAITING)
    last = waiting.aggregate(last=Max("number"))["last"]
    return last + 1 if last else FIRST_WAITING


def hold(*, post: Post, reasons: Sequence[str], at: datetime) -> None:
    """Put a saved post that waits into the moderators' queue."""
    open_case(kind="post", subject=post.pk, cause=Case.Cause.HELD, held_for=reasons, at=at)


def approve(*, post: Post, by: Member, at: datetime) -> None:
    """Publish what waited, as if it were written now; a reply takes the next number.

    What waits because it was edited keeps its place and its time.
    """
    with transaction.atomic():
        topic = _locked_topic(post)
        current = Post.objects.get(pk=post.pk)
        if current.held_at is None:
            return
        is_new = current.number >= FIRST_WAITING or topic.held_at is not None
        if current.number >= FIRST_WAITING:
            current.number = topic.post_count + 1
        if is_new:
            current.created_at = at
        current.held_at, current.is_told = None, not is_new
        current.save(update_fields=["number", "created_at", "held_at", "is_told"])
        keep_what_it_shows(current, at=at)
        if is_new and current.number == 1:
            Topic.objects.filter(pk=topic.pk).update(held_at=None, created_at=at)
        recount([topic.pk])
        if is_new and current.number > 1:
            _note_first_reply(topic, current)
        record(
            by=by,
            act="approve_post",
            subject=f"post:{post.pk}",
            at=at,
            board=topic.board.slug,
            detail={"topic": topic.pk},
        )


def refuse(*, post: Post, by: Member, reason: str, at: datetime) -> None:
    """Hide what waited; its author sees it, and why it is not published."""
    with transaction.atomic():
        topic = _locked_topic(post)
        Post.objects.filter(pk=post.pk).update(hidden_at=at)
        if post.number == 1:
            Topic.objects.filter(pk=topic.pk).update(hidden_at=at)
        recount([topic.pk])
        record(
            by=by,
            act="refuse_post",
            subject=f"post:{post.pk}",
            at=at,
            board=topic.board.slug,
            detail={"topic": topic.pk, "reason": reason},
        )


def _note_first_reply(topic: Topic, post: Post) -> None:
    if topic.replied_at is None and post.author_id != topic.author_id:
        Topic.objects.filter(pk=topic.pk).update(replied_at=post.created_at)
    if topic.official_at is None and post.is_official:
        Topic.objects.filter(pk=topic.pk).update(official_at=post.created_at)


def _locked_topic(post: Post) -> Topic:
    topics = Topic.objects.select_for_update(of=("self",)).select_related("board")
    return topics.get(pk=post.topic_id)
