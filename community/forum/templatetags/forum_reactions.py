"""`{% load forum_reactions %}`: how many felt how about a post."""

from django import template

from community.forum.models import Post, Reaction

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
def reactions(post: Post) -> list[Counted]:
    """Those somebody felt."""
    return [counted for counted in all_reactions(post) if counted[2]]
