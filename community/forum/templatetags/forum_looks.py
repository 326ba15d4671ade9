"""`{% load forum_looks %}`: how posts look to their reader."""

from collections.abc import Iterable, Iterator

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from community.forum.looks import HitLook, RowLook
from community.forum.models import Tag, Topic
from community.forum.queries.lists import Row
from community.forum.search.results import Result
from community.text.stencils import late

register = template.Library()


@register.filter
@late
def count_posts(n: int) -> str:
    """3 posts."""
    return ngettext("%(n)s post", "%(n)s posts", n) % {"n": n}


@register.filter
@late
def count_new_posts(n: int) -> str:
    """3 new posts."""
    return ngettext("%(n)s new post", "%(n)s new posts", n) % {"n": n}


@register.filter
@late
def linked_tags(topic: Topic) -> SafeString:
    """The tags of a topic in the notes of its row."""
    tags = ((tag.get_absolute_url(), tag) for tag in topic.tag_list)
    return format_html_join("", '<span><a class="tag" href="{}">{}</a></span>', tags)


@register.filter
@late
def as_chips(tags: Iterable[Tag]) -> SafeString:
    """Tags as links of their own."""
    return format_html_join(
        "", '<a class="chip" href="{}">#{}</a>', ((tag.get_absolute_url(), tag) for tag in tags)
    )


@register.filter
def as_rows(rows: Iterable[Row]) -> Iterator[tuple[Row, RowLook]]:
    """Rows of a list across boards, with their looks."""
    return ((row, RowLook.of(row, names_board=True, is_moderated=False)) for row in rows)


@register.filter
def as_rows_of_topics(topics: Iterable[Topic]) -> Iterator[tuple[Row, RowLook]]:
    """As `as_rows`, for topics of which it is not known how far somebody read."""
    return as_rows(Row(topic=topic) for topic in topics)


@register.filter
def as_rows_of_board(rows: Iterable[Row], moderates: bool) -> Iterator[tuple[Row, RowLook]]:  # noqa: FBT001 - a filter
    """Rows of a board, with their looks."""
    return ((row, RowLook.of(row, names_board=False, is_moderated=moderates)) for row in rows)


@register.filter
def as_hits(results: Iterable[Result]) -> Iterator[tuple[Result, HitLook]]:
    """What a search found, with the looks."""
    return ((result, HitLook.of(result.post)) for result in results)
