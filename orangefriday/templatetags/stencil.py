"""Pieces of pages that are rendered once for each look: `{% load stencil %}`.

`{% stencil look=post.look post=post at=now %} … {% endstencil %}` knows what it is told and nothing
else of the page; see community.text.stencils. `{% stencil each=pairs at=now %}` does so for each of
some pairs of a thing, which is called `it`, and its look.
"""

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

    def render(self, context: Context) -> SafeString:
        words = {name: word.resolve(context) for name, word in self.words.items()}
        if self.each:
            pairs = self.each.resolve(context)
            return self.stencils.fill_each((look, words | {"it": it}) for it, look in pairs)
        return self.stencils.fill(self.look.resolve(context) if self.look else None, words)

    def _cut(self, look: Any, slots: dict[str, Slot]) -> str:
        alone = Context({"look": look, "LANGUAGE_CODE": get_language(), **slots})
        with alone.bind_template(Template("")):  # for the engine that finds includes
            return self.nodelist.render(alone)


@register.filter
def in_address(word: Any) -> Any:
    """A name as `{% url %}` writes it, which sees nothing but a slot."""
    return _quoted(word) if isinstance(word, Slot) else word


@late
def _quoted(word: Any) -> str:
    return quote(word, safe="!$&'()*+,;=/~:@")


@register.tag
def stencil(parser: Parser, token: Token) -> StencilNode:
    """A piece rendered once for each `look`; everything else it is told is filled in."""
    told = token_kwargs(token.split_contents()[1:], parser)
    nodelist = parser.parse(("endstencil",))
    parser.delete_first_token()
    return StencilNode(nodelist, told)
