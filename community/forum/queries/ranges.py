"""Posts of a topic by their numbers, for programs that go forwards or backwards from anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from community.forum.models import POSTS_A_PAGE, Post, Topic


@dataclass(frozen=True, kw_only=True)
class PostRange:
    """Posts in order; `earlier` and `later` are numbers to go on from, None at either end.

    `earlier` is the first number of this range, `later` that of the next one.
    """

    posts: Sequence[Post]
    earlier: int | None
    later: int | None


def posts_from(topic: Topic, first: int, *, sees_hidden: bool) -> PostRange:
    """The posts from a number on. Every range costs the same, however long the topic is."""
    last = first + POSTS_A_PAGE - 1
    posts = Post.objects.filter(topic=topic).numbered(first, min(last, topic.post_count))
    shown = list((posts if sees_hidden else posts.visible()).select_related("author"))
    for post in shown:
        post.topic = topic
    return PostRange(
        posts=shown,
        earlier=min(first, topic.post_count + 1) if first > 1 else None,
        later=last + 1 if last < topic.post_count else None,
    )


def posts_before(topic: Topic, end: int, *, sees_hidden: bool) -> PostRange:
    """The posts before a number."""
    end = min(end, topic.post_count + 1)
    first = max(end - POSTS_A_PAGE, 1)
    found = posts_from(topic, first, sees_hidden=sees_hidden)
    posts = [post for post in found.posts if post.number < end]
    later = end if end <= topic.post_count else None
    return PostRange(posts=posts, earlier=found.earlier, later=later)
