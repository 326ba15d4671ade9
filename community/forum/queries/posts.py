"""The posts of a topic: pages are ranges of their numbers, so every page costs the same."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from community.forum.models import FIRST_WAITING, POSTS_A_PAGE, Post, Topic
from community.forum.queries.rows import columns, taken
from community.members.models import Member
from community.members.prepared import Listing

# Every hit asks, so with statements of our own: the ORM writes its own anew each time, and that
# takes longer than PostgreSQL takes to answer.
_POSTS = Listing(
    "forum_posts",
    f"SELECT {columns(Post, 'post')}, {columns(Member, 'author')}"  # noqa: S608 - our own words
    " FROM forum_post AS post LEFT JOIN members_member AS author ON author.id = post.author_id"
    " WHERE post.topic_id = $1 AND post.number BETWEEN $2 AND $3 ORDER BY post.number",
)


def page_of(topic: Topic, number: str | int) -> Page[int]:
    """The numbers on one page of a topic; the nearest page for one that is not there."""
    return Paginator(range(1, topic.post_count + 1), POSTS_A_PAGE).get_page(number)


def posts_on(topic: Topic, page: Page[int]) -> Sequence[Post]:
    """The posts of a page, those out of sight included: each number has its place."""
    numbers = page.object_list
    if not numbers:
        return []
    return [_post(row, topic) for row in _POSTS.rows(topic.pk, numbers[0], numbers[-1])]


def _post(row: tuple[Any, ...], topic: Topic) -> Post:
    post, rest = taken(Post, row)
    post.topic = topic
    post.author = taken(Member, rest)[0] if post.author_id is not None else None
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
