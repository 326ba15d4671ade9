"""`{% load forum_looks %}`: how posts look to their reader."""

from collections.abc import Iterable, Iterator

from django import template
from django.utils.translation import ngettext

from community.forum.looks import Beholder, PostLook
from community.forum.models import Post
from community.text.stencils import late

register = template.Library()


@register.filter
@late
def count_posts(n: int) -> str:
    """3 posts."""
    return ngettext("%(n)s post", "%(n)s posts", n) % {"n": n}


@register.filter
def as_seen_by(posts: Iterable[Post], beholder: Beholder) -> Iterator[tuple[Post, PostLook]]:
    """`{% for post, look in posts|as_seen_by:beholder %}`."""
    return beholder.looks(posts)
