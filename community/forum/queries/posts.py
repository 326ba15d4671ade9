"""The posts of a topic: pages are ranges of their numbers, so every page costs the same."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from community.forum.models import FIRST_WAITING, POSTS_A_PAGE, Post, Topic
from community.forum.models.topics import rendered
from community.members.models import Member
from community.members.models.members import face_url, signed
from community.members.prepared import Listing


class Author(NamedTuple):
    """What stands at a post of the member who wrote it; called as `Member` calls it."""

    pk: int
    username: str
    display_name: str
    photo: str
    is_staff: bool
    signature: str
    signature_html: str
    signature_rules: int

    def __str__(self) -> str:
        return self.display_name

    @property
    def photo_url(self) -> str:
        return face_url(self.photo)

    @property
    def signed(self) -> SafeString:
        return signed(self.signature, self.signature_html, self.signature_rules)


class ShownPost(NamedTuple):
    """What a page shows of a post, called as `Post` calls it: a model takes four times as long."""

    pk: int
    number: int
    author_id: int | None
    is_by_site: bool
    is_official: bool
    body: str
    html: str
    html_rules: int
    names: dict[str, list[str]] | None
    created_at: datetime
    edited_at: datetime | None
    hidden_at: datetime | None
    held_at: datetime | None
    withdrawn_at: datetime | None
    reaction_counts: dict[str, int] | None
    author: Author | None

    @property
    def is_visible(self) -> bool:
        return self.hidden_at is None and self.held_at is None and self.withdrawn_at is None

    @property
    def rendered(self) -> SafeString:
        return rendered(self.body, self.names or {}, self.html, self.html_rules)


_POST, _AUTHOR = ShownPost._fields[1:-1], Author._fields[1:]
# Most are empty, and JSON is dear to read.
_JSON = {name: f"nullif(post.{name}, '{{}}')" for name in ("names", "reaction_counts")}
# Every hit asks, so with statements of our own: the ORM writes its own anew each time, and that
# takes longer than PostgreSQL takes to answer.
_POSTS = Listing(
    "forum_posts",
    f"SELECT post.id, {', '.join(_JSON.get(name, f'post.{name}') for name in _POST)},"  # noqa: S608 - our own words
    f" author.id, {', '.join(f'author.{name}' for name in _AUTHOR)}"
    " FROM forum_post AS post LEFT JOIN members_member AS author ON author.id = post.author_id"
    " WHERE post.topic_id = $1 AND post.number BETWEEN $2 AND $3 ORDER BY post.number",
)
_OF_POST = len(_POST) + 1


def page_of(topic: Topic, number: str | int) -> Page[int]:
    """The numbers on one page of a topic; the nearest page for one that is not there."""
    return Paginator(range(1, topic.post_count + 1), POSTS_A_PAGE).get_page(number)


def numbers_on(page: Page[int]) -> range:
    """The numbers themselves."""
    numbers: range = page.object_list  # type: ignore[assignment]  # a slice of a range
    return numbers


def posts_on(topic: Topic, page: Page[int]) -> Sequence[ShownPost]:
    """The posts of a page, those out of sight included: each number has its place."""
    numbers = numbers_on(page)
    if not numbers:
        return []
    return [_shown(row) for row in _POSTS.rows(topic.pk, numbers[0], numbers[-1])]


def _shown(row: tuple[Any, ...]) -> ShownPost:
    # As _make does it, but for counting the columns.
    author = None if row[_OF_POST] is None else tuple.__new__(Author, row[_OF_POST:])
    return tuple.__new__(ShownPost, (*row[:_OF_POST], author))


def counts_on(topic: Topic, page: Page[int]) -> dict[int, dict[str, int]]:
    """How many of each reaction the posts of a page have, by number; those without are left out."""
    numbers = numbers_on(page)
    if not numbers:
        return {}
    visible = Post.objects.visible().filter(topic=topic).numbered(numbers[0], numbers[-1])
    return dict(visible.exclude(reaction_counts={}).values_list("number", "reaction_counts"))


def waiting_posts(topic: Topic, member: Member) -> QuerySet[Post]:
    """A member's replies that have no place in the topic yet, in the order they were written."""
    theirs = Post.objects.filter(topic=topic, author=member, number__gte=FIRST_WAITING)
    return theirs.filter(withdrawn_at=None).order_by("number")
