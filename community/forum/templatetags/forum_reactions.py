"""`{% load forum_reactions %}`: how many felt how about a post."""

from collections.abc import Collection

from django import template

from community.forum.models import Post, Reaction
from community.forum.queries.posts import ShownPost
from community.text.stencils import late

register = template.Library()

Counted = tuple[str, str, int]


@register.filter
def all_reactions(post: Post) -> list[Counted]:
    """(kind, name, count) of every kind there is."""
    return [(k.value, str(k.label), post.reaction_counts.get(k.value, 0)) for k in Reaction.Kind]


@register.simple_tag
def reaction_kinds() -> list[tuple[str, str]]:
    """Every kind there is, with its name."""
    return [(kind.value, str(kind.label)) for kind in Reaction.Kind]


@register.filter
def named(kinds: Collection[str]) -> list[tuple[str, str]]:
    """Some kinds with their names."""
    return [(kind, name) for kind, name in reaction_kinds() if kind in kinds]


@register.filter
@late
def count_of(post: ShownPost, kind: str) -> int:
    """How many felt so."""
    return (post.reaction_counts or {})[kind]
