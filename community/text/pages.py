"""Whole pages as stencils: a hit costs the words it is filled in with, and no template.

The template of such a page is rendered once for each look, with slots in place of everything the
view and the frame tell it. So what stands outside of its own stencils may ask the look alone.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.template.loader import get_template

from community.text.stencils import Slot, Stencils


class PageStencil:
    """All looks of one page; for `django.shortcuts.render` with a template that is known before."""

    def __init__(self, template: str) -> None:
        self._template = template
        self._stencils = Stencils(self._cut)

    def response(
        self,
        request: HttpRequest,
        look: Hashable,
        words: Mapping[str, Any],
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        """The page for one request; words are what its template is rendered with."""
        told = dict(words)
        for tell in _context_processors():
            told.update(tell(request))
        return HttpResponse(self._stencils.fill(look, told), status=status)

    def _cut(self, look: object, slots: Mapping[str, Slot]) -> str:
        page: Any = get_template(self._template)
        return str(page.template.render(Context({"look": look, **slots})))


def _context_processors() -> Sequence[Callable[[HttpRequest], dict[str, Any]]]:
    return Engine.get_default().template_context_processors
