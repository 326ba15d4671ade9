"""The posts of a topic: pages are ranges of their numbers, so every page costs the same."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import JSONField, Model, QuerySet

from community.forum.models import FIRST_WAITING, POSTS_A_PAGE, Post, Topic
from community.members.models import Member


def _fields(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001


def _columns(model: type[Model], table: str) -> str:
    fields = model._meta.concrete_fields  # noqa: SLF001
    return ", ".join(f'{table}."{field.column}"' for field in fields)


_POST_FIELDS, _MEMBER_FIELDS = _fields(Post), _fields(Member)
# JSON comes as text, everything else as it is.
_READ: list[Callable[[Any], Any] | None] = [
    json.loads if isinstance(field, JSONField) else None
    for field in Post._meta.concrete_fields  # noqa: SLF001
]
_POSTS = (
    f"SELECT {_columns(Post, 'post')}, {_columns(Member, 'author')}"  # noqa: S608 - our own words
    " FROM forum_post AS post LEFT JOIN members_member AS author ON author.id = post.author_id"
    " WHERE post.topic_id = %s AND post.number BETWEEN %s AND %s ORDER BY post.number"
)


def page_of(topic: Topic, number: str | int) -> Page[int]:
    """The numbers on one page of a topic; the nearest page for one that is not there."""
    return Paginator(range(1, topic.post_count + 1), POSTS_A_PAGE).get_page(number)


def posts_on(topic: Topic, page: Page[int]) -> Sequence[Post]:
    """The posts of a page, those out of sight included: each number has its place.

    Every hit asks, so with a statement of our own: the ORM writes it anew each time, and that
    takes longer than PostgreSQL takes to answer.
    """
    numbers = page.object_list
    if not numbers:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_POSTS, [topic.pk, numbers[0], numbers[-1]])
        rows = cursor.fetchall()
    return [_post(row, topic) for row in rows]


def _post(row: tuple[Any, ...], topic: Topic) -> Post:
    values = [_read(value) if _read else value for _read, value in zip(_READ, row, strict=False)]
    post = Post.from_db(DEFAULT_DB_ALIAS, _POST_FIELDS, values)
    post.topic = topic
    author = row[len(_POST_FIELDS) :]
    if post.author_id is not None:
        post.author = Member.from_db(DEFAULT_DB_ALIAS, _MEMBER_FIELDS, author)
    return post


def counts_on(topic: Topic, page: Page[int]) -> dict[int, dict[str, int]]:
    """How many of each reaction the posts of a page have, by number; those without are left out."""
    numbers = page.object_list
    if not numbers:
        return {}
    visible = Post.objects.visible().filter(topic=topic).numbered(numbers[0], numbers[-1])
    return dict(visible.exclude(reaction_counts={}).values_list("number", "reaction_counts"))


def waiting_posts(topic: Topic, member: Member) -> QuerySet[Post]:
    """A member's replies that have no place in the topic yet, in the order they were written."""
    theirs = Post.objects.filter(topic=topic, author=member, number__gte=FIRST_WAITING)
    return theirs.filter(withdrawn_at=None).order_by("number")
