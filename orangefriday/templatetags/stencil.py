"""Pieces of pages that are rendered once for each look: `{% load stencil %}`.

`{% stencil look=post.look post=post at=now %} … {% endstencil %}` knows what it is told and nothing
else of the page; see community.text.stencils. `{% stencil each=pairs at=now %}` does so for each of
some pairs of a thing, which is called `it`, and its look. On a page that is a stencil as a whole
(community.text.pages) both are filled in with it.

`{% anew page=page request=request %} … {% endanew %}` is for what such a page seldom shows: it is
rendered at every hit, and knows what it is told.
"""

from collections.abc import Hashable, Iterable
from typing import Any
from urllib.parse import quote

from django import template
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    Parser,
    Template,
    Token,
    token_kwargs,
)
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from community.text.stencils import Slot, Stencils, late

register = template.Library()

Pairs = Iterable[tuple[Any, Hashable]]


class StencilNode(Node):
    """A piece of a page with slots."""

    # Nobody looks for blocks in it: they would be blocks of the page.
    child_nodelists = ()

    def __init__(self, nodelist: NodeList, told: dict[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.look = told.pop("look", None)
        self.each = told.pop("each", None)
        self.words = told
        self.stencils = Stencils(self._cut)
        self.fill, self.fill_each = late(self._fill), late(self._fill_each)

    def render(self, context: Context) -> SafeString:
        words = {name: word.resolve(context) for name, word in self.words.items()}
        # On a page that is a stencil of this language as a whole, its own pieces are too.
        language = get_language()
        if self.each:
            return self.fill_each(language, self.each.resolve(context), **words).__html__()
        look = self.look.resolve(context) if self.look else None
        return self.fill(language, look, **words).__html__()

    def _fill(self, language: str | None, look: Hashable, /, **words: Any) -> SafeString:
        return self.stencils.fill(look, words, language)

    def _fill_each(self, language: str | None, pairs: Pairs, /, **words: Any) -> SafeString:
        return self.stencils.fill_each(pairs, words, language)

    def _cut(self, look: Any, slots: dict[str, Slot]) -> str:
        return _alone(self.nodelist, {"look": look, **slots})


class AnewNode(Node):
    """A piece that is rendered at every hit."""

    child_nodelists = ()

    def __init__(self, nodelist: NodeList, told: dict[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.words = told
        self.rendered = late(self._rendered)

    def render(self, context: Context) -> SafeString:
        words = {name: word.resolve(context) for name, word in self.words.items()}
        return self.rendered(**words).__html__()

    def _rendered(self, **words: Any) -> SafeString:
        return _alone(self.nodelist, words)


def _alone(nodelist: NodeList, words: dict[str, Any]) -> SafeString:
    """A piece of a page that knows these words and nothing else of it."""
    context = Context({"LANGUAGE_CODE": get_language(), **words})
    context.request = words.get("request")  # type: ignore[attr-defined]  # {% querystring %} asks it
    with context.bind_template(Template("")):  # for the engine that finds includes
        return nodelist.render(context)


@register.filter
def in_address(word: Any) -> Any:
    """A name as `{% url %}` writes it, which sees nothing but a slot."""
    return _quoted(word) if isinstance(word, Slot) else word


@late
def _quoted(word: Any) -> str:
    is_plain = word.isascii() and word.isalnum()  # most are, and quote thinks about each letter
    return word if is_plain else quote(word, safe="!$&'()*+,;=/~:@")


@register.tag
def stencil(parser: Parser, token: Token) -> StencilNode:
    """A piece rendered once for each `look`; everything else it is told is filled in."""
    told = token_kwargs(token.split_contents()[1:], parser)
    nodelist = parser.parse(("endstencil",))
    parser.delete_first_token()
    return StencilNode(nodelist, told)


@register.tag
def anew(parser: Parser, token: Token) -> AnewNode:
    """A piece rendered with what it is told, at every hit."""
    told = token_kwargs(token.split_contents()[1:], parser)
    nodelist = parser.parse(("endanew",))
    parser.delete_first_token()
    return AnewNode(nodelist, told)
