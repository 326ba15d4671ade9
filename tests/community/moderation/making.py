"""Posts to moderate, and who does."""

from datetime import datetime, timedelta
from typing import Any

from community.forum.domain.posting import open_topic, reply
from community.forum.models import Board, Post, Topic
from community.members.models import Member
from community.moderation.domain import cases, settling
from community.moderation.models import Case
from tests.community.members.making import AT, make_member

HOUR = timedelta(hours=1)


def make_topic(author: Member | None = None, slug: str = "chat", **fields: Any) -> Topic:
    board = Board.objects.get(slug=slug)
    given = {"title": "标题", "body": "正文", "at": AT} | fields
    return open_topic(board=board, author=author or make_member(), **given)


def make_reply(topic: Topic, body: str = "hello", at: datetime = AT, **fields: Any) -> Post:
    author = fields.pop("author", None) or make_member()
    return reply(topic=topic, author=author, body=body, submission_key=None, at=at, **fields)


def make_moderator(slug: str = "chat") -> Member:
    moderator = make_member()
    Board.objects.get(slug=slug).moderators.add(moderator)
    return moderator


def make_case(post: Post | None = None, reason: str = "abuse") -> Case:
    """A case about a post, reported by somebody."""
    post = post or make_topic().posts.get()
    made = cases.report(kind="post", subject=post.pk, reporter=make_member(), reason=reason, at=AT)
    return made.case


def settled(case: Case, outcome: str) -> Case:
    return settling.settle(case=case, outcome=outcome, by=make_moderator(case.board), at=AT)


def make_post_of(case: Case) -> Post:
    """The post a case is about, as it is now."""
    return Post.objects.get(pk=case.subject)
