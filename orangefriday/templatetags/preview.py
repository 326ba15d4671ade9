"""What machines read in the head of a page: `{% load preview %}`.

Its lasting address, and what a link to it shows elsewhere. Only for who is not signed in: neither
search engines nor those who draw a card are.
"""

from functools import cache
from html import escape
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from community.text.stencils import late

register = template.Library()

MARK = "orangefriday/icons/mark.png"
MARK_SIDE = 512  # pixels


@register.simple_tag(takes_context=True)
def canonical(context: Context) -> SafeString:
    """The address without filters and cursors; pages of a list after the first keep theirs."""
    return _canonical(context.get("request"))


@late
def _canonical(request: object) -> SafeString:
    address = _address(request)
    return format_html('<link rel="canonical" href="{}">', address) if address else SafeString()


@register.simple_tag(takes_context=True)
def preview(
    context: Context, title: object, text: object = "", kind: str = "article"
) -> SafeString:
    """The canonical address, and title, words and the mark for cards (Open Graph)."""
    return _preview(context.get("request"), title, text, kind, gettext("Orange Friday"))


@late
def _preview(request: Any, title: object, text: object, kind: str, site: str) -> SafeString:
    address = _address(request)
    if not address:
        return SafeString()
    told = {
        "og:site_name": site,
        "og:type": kind,
        "og:url": address,
        "og:title": str(title),
        "og:description": " ".join(str(text).split()),
        "og:image": request.build_absolute_uri(_mark()),
        "og:image:width": MARK_SIDE,
        "og:image:height": MARK_SIDE,
        "og:image:alt": site,
        "twitter:card": "summary",
    }
    said = {name: escape(str(value)) for name, value in told.items() if value}
    head = f'<link rel="canonical" href="{said["og:url"]}">'
    if "og:description" in said:
        head += f'<meta name="description" content="{said["og:description"]}">'
    head += "".join([f'<meta property="{n}" content="{word}">' for n, word in said.items()])
    return SafeString(head)  # every word is escaped


@cache
def _mark() -> str:
    """Asked for by every page: the name with its hash is found again at each call of static."""
    return static(MARK)


def _address(request: object) -> str:
    if not isinstance(request, HttpRequest) or request.user.is_authenticated:
        return ""
    page = request.GET.get("page", "")
    query = f"?page={page}" if page.isdecimal() and page.lstrip("0") not in {"", "1"} else ""
    return request.build_absolute_uri(request.path + query)
