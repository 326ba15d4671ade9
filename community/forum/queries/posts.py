"""The posts of a topic: pages are ranges of their numbers, so every page costs the same."""

from collections.abc import Sequence

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from community.forum.models import FIRST_WAITING, POSTS_A_PAGE, Post, Topic
from community.members.models import Member


def page_of(topic: Topic, number: str | int) -> Page[int]:
    """The numbers on one page of a topic; the nearest page for one that is not there."""
    return Paginator(range(1, topic.post_count + 1), POSTS_A_PAGE).get_page(number)


def posts_on(topic: Topic, page: Page[int]) -> Sequence[Post]:
    """The posts of a page, those out of sight included: each number has its place."""
    numbers = page.object_list
    if not numbers:
        return []
    posts = list(topic.posts.numbered(numbers[0], numbers[-1]).select_related("author"))
    for post in posts:
        post.topic = topic
    return posts


def waiting_posts(topic: Topic, member: Member) -> QuerySet[Post]:
    """A member's replies that have no place in the topic yet, in the order they were written."""
    theirs = Post.objects.filter(topic=topic, author=member, number__gte=FIRST_WAITING)
    return theirs.filter(withdrawn_at=None).order_by("number")
