"""Pages that members have in common, kept for two seconds: `{% load shared %}`.

`{% shared_page %}` in the frame keeps one copy of a page whose view gives a variable `shared`;
`{% own %} … {% endown %}` marks what differs between its readers and is rendered for each. In a
loop `{% own post=post %}` says what the place is about. The copy is made without the reader: user,
token, messages and every other variable of the request are not there, so that what somebody forgot
to mark is missing on the page and on nobody else's.
"""

import re
import threading
import time
from collections.abc import Hashable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from orangefriday.edge import WROTE_COOKIE

register = template.Library()

# While one thread renders a copy anew the others show it this much older.
STALE_S = 10.0
MOST_PAGES = 512
# No page holds a NUL: neither the database nor an address may.
GAP = re.compile("\0([0-9]+)\0")
_pages: dict[Hashable, "_Copy"] = {}


@dataclass(frozen=True, slots=True)
class _Place:
    """What a reader gets of their own: how it is rendered, and what it is about."""

    nodelist: NodeList
    about: dict[str, Any]

    def render(self, context: Context) -> SafeString:
        with context.push(**self.about):
            return self.nodelist.render(context)


@dataclass(slots=True)
class _Copy:
    """A rendered page: its text, and between the texts what each reader gets of their own."""

    parts: list["str | _Place"]
    rendered_at: float
    renewal: threading.Lock = field(default_factory=threading.Lock)


def forget() -> None:
    """Render every page anew at its next hit."""
    _pages.clear()


class OwnNode(Node):
    """What a page shows to its reader alone; transparent outside of a copy."""

    def __init__(self, nodelist: NodeList, about: dict[str, FilterExpression]) -> None:
        self.nodelist = nodelist
        self.about = about

    def render(self, context: Context) -> SafeString:
        gaps: list[_Place] | None = context.get("_gaps")
        place = _Place(self.nodelist, {k: v.resolve(context) for k, v in self.about.items()})
        if gaps is None:
            return place.render(context)
        return _gap(gaps, place)


def _gap(gaps: list[_Place], place: _Place) -> SafeString:
    gaps.append(place)
    return mark_safe(f"\0{len(gaps) - 1}\0")  # noqa: S308 - a number


def _parts(html: str, gaps: list[_Place]) -> list["str | _Place"]:
    """The text between the gaps, and what comes into them."""
    return [gaps[int(p)] if n % 2 else p for n, p in enumerate(GAP.split(html))]


class SharedPageNode(Node):
    """A whole page: from the copy for its audience, or rendered for its reader alone."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        if not _may_share(context):
            return self.nodelist.render(context)
        key = _key(context)
        copy = _pages.get(key)
        if copy is None or not _is_fresh(copy):
            copy = self._renewed(key, copy, context)
        parts = (p if isinstance(p, str) else p.render(context) for p in copy.parts)
        return mark_safe("".join(parts))  # noqa: S308 - rendered by templates

    def _renewed(self, key: Hashable, old: _Copy | None, context: Context) -> _Copy:
        """A fresh copy; the old one once more while another thread is at it."""
        if old is None:
            return self._rendered(key, context)
        if not old.renewal.acquire(blocking=False):
            is_usable = time.monotonic() - old.rendered_at < STALE_S
            return old if is_usable else self._rendered(key, context)
        try:
            return self._rendered(key, context)
        finally:
            old.renewal.release()

    def _rendered(self, key: Hashable, context: Context) -> _Copy:
        gaps: list[_Place] = []
        html = self.nodelist.render(_without_reader(context, gaps))
        copy = _Copy(_parts(html, gaps), time.monotonic())
        _keep(_pages, key, copy, MOST_PAGES)
        return copy


def _may_share(context: Context) -> bool:
    """Members see a copy; for visitors, see edge.py.

    Who prepares builds, is of no audience or has just sent something sees every change at once.
    """
    shared = context.get("shared")
    if settings.SHARED_FRESH_S <= 0 or shared is None or shared.audience is None:
        return False
    if WROTE_COOKIE in context["request"].COOKIES:
        return False
    user, frame = context.get("user"), context.get("frame")
    is_member = bool(user and user.is_authenticated)
    return is_member and not getattr(frame, "can_open_studio", False)


def _key(context: Context) -> Hashable:
    request = context["request"]
    return (
        request.get_full_path(),
        context["shared"].audience,
        context["LANGUAGE_CODE"],
        context["TIME_ZONE"],
        request.COOKIES.get("scheme"),
    )


def _is_fresh(copy: _Copy) -> bool:
    fresh_s: float = settings.SHARED_FRESH_S
    return time.monotonic() - copy.rendered_at < fresh_s


def _without_reader(context: Context, gaps: list[_Place]) -> Context:
    """What a copy may know: what the view says is shared, and where the page is."""
    request = context["request"]
    path = request.get_full_path()
    known: dict[str, Any] = {
        name: context.get(name) for name in ("shared", "LANGUAGE_CODE", "TIME_ZONE")
    }
    known["user"] = SimpleNamespace(is_authenticated=True)  # some member
    known["frame"] = SimpleNamespace(look=getattr(context.get("frame"), "shared_look", ""))
    known["request"] = SimpleNamespace(
        path=request.path,
        get_full_path=lambda: path,
        resolver_match=request.resolver_match,
        COOKIES={"scheme": request.COOKIES.get("scheme")},
        GET=request.GET,  # a part of the path, and so of the copy's key
    )
    copy = Context(known | {"_gaps": gaps})
    copy.request = known["request"]  # type: ignore[attr-defined]  # {% querystring %} asks it
    # Blocks of the templates that extend this one, and the engine that finds includes.
    copy.render_context = context.render_context
    copy.template = context.template
    return copy


def _keep(kept: dict[Hashable, Any], key: Hashable, value: object, most: int) -> None:
    kept.pop(key, None)
    kept[key] = value
    while len(kept) > most:
        try:
            del kept[next(iter(kept))]
        except (KeyError, RuntimeError, StopIteration):  # another thread was quicker
            return


@register.tag
def own(parser: Parser, token: Token) -> OwnNode:
    """What the page shows to its reader alone.

    It knows what the view and the frame give, and what it is told here: `{% own post=post %}`.
    """
    about = token_kwargs(token.split_contents()[1:], parser)
    nodelist = parser.parse(("endown",))
    parser.delete_first_token()
    return OwnNode(nodelist, about)


@register.tag
def shared_page(parser: Parser, _token: Token) -> SharedPageNode:
    """The whole of a page; only in the frame."""
    nodelist = parser.parse(("endshared_page",))
    parser.delete_first_token()
    return SharedPageNode(nodelist)
