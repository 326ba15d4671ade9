"""Tags of the design system: `{% load design %}`."""

import html
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import RequestContext
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from community.text import numbers
from community.text.stencils import late
from orangefriday.display import faces, times

register = template.Library()

register.filter("count", late(numbers.count))
register.filter("signed", numbers.signed)
register.filter("percent", late(numbers.percent))
register.filter("octets", numbers.size)


@register.filter
def page_numbers(page: Page[Any]) -> Iterator[str | int]:
    """1 … 4 5 6 … 12, for `components/pages.html`."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
@late
def toasts(messages: Iterable[Message]) -> Iterator[tuple[Message, str]]:
    """What is to be said once, each with the kind of its look."""
    return ((message, message.level_tag) for message in messages)


SIZES = {"s": " face-s", "m": "", "l": " face-l", "xl": " face-xl"}


@register.simple_tag
@late
def face(person: object, size: str = "m", *, named: bool = False) -> SafeString:
    """A round face: the photo (`person.photo_url`) or a letter of `str(person)`.

    Say `named=True` where the name does not stand beside it.
    """
    name = str(person)
    photo = getattr(person, "photo_large_url" if size == "xl" else "photo_url", "")
    said = html.escape(name)
    inside = f'<img src="{escape(photo)}" alt="">' if photo else html.escape(faces.letter(name))
    says = f'role="img" aria-label="{said}" title="{said}"'
    if not named:
        says = f'aria-hidden="true" title="{said}"'
    # By the twenty on a page: `format_html` takes thrice as long.
    kind = f"face face-{faces.colour(name)}{SIZES[size]}"
    return SafeString(f'<span class="{kind}" {says}>{inside}</span>')  # all escaped


@register.simple_tag(name="faces")
@late
def face_row(people: Iterable[object], limit: int = 3, size: str = "s") -> SafeString:
    """Overlapping faces, at most `limit`, then how many more; read as the list of names."""
    everybody = list(people)
    shown = everybody[:limit] if len(everybody) > limit + 1 else everybody
    hidden = len(everybody) - len(shown)
    more = (
        format_html(
            '<span class="face face-more{}" aria-hidden="true">+{}</span>', SIZES[size], hidden
        )
        if hidden
        else ""
    )
    names = gettext(", ").join(str(person) for person in everybody)
    row = format_html_join("", "{}", ((face(person, size),) for person in shown))
    return format_html(
        '<span class="faces" role="img" aria-label="{}">{}{}</span>', names, row, more
    )


def _time(at: datetime, text: str, exact: str = "") -> SafeString:
    # By the twenty too: Django's `escape` first asks whether they are lazy.
    exact = html.escape(exact or times.exact(at))
    return SafeString(  # every word is escaped
        f'<time datetime="{at.isoformat()}" title="{exact}">{html.escape(text)}</time>'
    )


@register.filter
@late
def moment(now: datetime) -> times.Moment:
    """For pages with many `when`: asks only once in which zone and language they are."""
    return times.Moment.of(now)


@register.simple_tag
@late
def when(at: datetime, now: datetime | times.Moment | None = None) -> SafeString:
    """A moment in relative words, the exact one on hover."""
    here = now if isinstance(now, times.Moment) else times.Moment.of(now or timezone.now())
    exact, text = times.both(at, here)
    return _time(at, text, exact)


@register.simple_tag
def deadline(at: datetime, now: datetime | None = None) -> SafeString:
    """A closing time as people say it: Tue 24:00."""
    return _time(at, times.deadline(at, now or timezone.now()))


@register.simple_tag
def countdown(until: datetime, over: str = "", now: datetime | None = None) -> SafeString:
    """The time left, kept current by countdown.js; `over` is what it says afterwards."""
    over = over or gettext("over")
    return format_html(
        '<time class="countdown" datetime="{}" title="{}" data-countdown data-day="{}"'
        ' data-over="{}">{}</time>',
        until.isoformat(),
        times.exact(until),
        times.day_mark(),
        over,
        times.remaining(until, now or timezone.now()) or over,
    )


@register.simple_tag(takes_context=True)
def sortable(context: RequestContext, key: str, label: str, *, numeric: bool = True) -> SafeString:
    """A column head that sorts by `?sort=key`, and by `-key` when it already does.

    Figures start with the highest, words with the first.
    """
    query: QueryDict = context["request"].GET.copy()
    chosen, first = query.get("sort", ""), f"-{key}" if numeric else key
    second = key if numeric else f"-{key}"
    query["sort"] = second if chosen == first else first
    query.pop("page", None)
    direction = {key: "ascending", f"-{key}": "descending"}.get(chosen)
    return format_html(
        '<th scope="col"{}{}><a href="?{}">{}</a></th>',
        format_html(' class="{}"', "num") if numeric else "",
        format_html(' aria-sort="{}"', direction) if direction else "",
        query.urlencode(),
        label,
    )
