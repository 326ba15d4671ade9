"""`{% load report_looks %}`: rows of a report with their looks, and the words in them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any
from unicodedata import is_normalized
from urllib.parse import urlencode

from django import template
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import ngettext

from community.text.joining import listed
from community.text.numbers import count, percent
from community.text.stencils import late
from feedback.reports.domain.charts.control import ControlChart, Dot
from feedback.reports.domain.charts.feature_map import Point
from feedback.reports.domain.charts.labels import Label
from feedback.reports.domain.content import Credited
from feedback.reports.domain.table import FeatureRow
from feedback.reports.domain.themes.reading import Line, Quote
from feedback.reports.looks import FactsLook, FeatureLook, MovedLook
from feedback.reports.queries import Segment

register = template.Library()

Rows = Iterator[tuple[Any, Any]]


@register.filter
def and_segment(segment: Segment | None) -> str:
    """What an address with a query says of the segment, too."""
    return f"&{urlencode({segment.dimension.value: segment.value})}" if segment else ""


@register.filter
def as_feature_rows(rows: Iterable[FeatureRow]) -> Rows:
    """Rows of the table: each line, the figures of its joy, and the row for its shares."""
    for row in rows:
        figures: Mapping[str, Any] = row.line["joy"] or {}
        yield SimpleNamespace(**row.line, **figures, row=row), FeatureLook.of(row.line)


@register.filter
@late
def as_shares(engineers: Sequence[Credited]) -> Rows:
    """Who built a feature; the look says whether it was several."""
    return ((SimpleNamespace(**each), len(engineers) > 1) for each in engineers)


@register.filter
def as_points(points: Iterable[Point]) -> Rows:
    """Dots of the map: each line, the figures of its joy, and where it stands."""
    for point in points:
        yield SimpleNamespace(**point.line, **point.joy, point=point), point.tone


@register.filter
def as_labels(points: Iterable[Point]) -> Iterator[tuple[Label, str]]:
    """The labels there was room for; the look is on which side of their point they stand."""
    return ((point.label, point.label.anchor) for point in points if point.label)


@register.filter
def as_hours(hours: Iterable[tuple[datetime, int]], form: str) -> Rows:
    """Hours and their ballots, in the form of a date that has H:i; a day is said once."""
    before, after = form.split("H:i")

    @cache
    def said(day: date) -> tuple[str, str]:
        return tuple(date_format(day, part) if part else "" for part in (before, after))  # type: ignore[return-value]  # a lazy text is one

    for at, ballots in hours:
        start, end = said(at.date())
        yield SimpleNamespace(said=f"{start}{at:%H:%M}{end}", ballots=ballots), None


@register.filter
def as_moved(charts: Iterable[ControlChart]) -> Rows:
    """Areas with their latest build."""
    for chart in charts:
        last = chart.control["points"][-1]
        it = SimpleNamespace(**last, area=chart.control["area"], chart=chart)
        yield it, MovedLook.of(chart.control)


@register.filter
@late
def as_dots(dots: Sequence[Dot]) -> Iterator[tuple[Dot, str]]:
    """Of a small chart: builds beyond what is usual, and the latest; the look is their tone."""
    return ((dot, dot.tone) for dot in dots if dot is dots[-1] or dot.tone != "faint")


@register.filter
def as_lines(lines: Iterable[Line]) -> Iterator[tuple[Line, str]]:
    """Themes; the look is their side."""
    return ((line, line.theme.side) for line in lines)


@register.filter
@late
def as_quotes(quotes: Sequence[Quote], number: int | None = None) -> Iterator[tuple[Quote, bool]]:
    """The first quotes; the look is whether they are Chinese."""
    return ((quote, quote.is_han) for quote in quotes[:number])


@register.filter
@late
def titles_of(line: Line, features: Mapping[int, str]) -> Iterator[tuple[str, None]]:
    """The features that a theme speaks of."""
    return ((features[pk], None) for pk in line.features if features.get(pk))


@register.filter
@late
def look_of_facts(line: Line) -> FactsLook:
    return FactsLook.of(line)


@register.filter
@late
def devices_of(line: Line) -> str:
    return listed(line.devices)


@register.filter
@late
def ballots_on(line: Line) -> str:
    """18 ballots: camera · flash."""
    said = {"n": count(line.ballots), "theme": line.theme}
    return ngettext("%(n)s ballot: %(theme)s", "%(n)s ballots: %(theme)s", line.ballots) % said


@register.filter
@late
def week_by_week(line: Line) -> str:
    """6.10.16: 1.2 %, 6.10.23: 2.0 %."""
    return ", ".join(f"{each.build.version}: {percent(each.share, 1)}" for each in line.weeks)


@register.filter
@late
def shortened(text: str, length: int) -> str:
    """As truncatechars, but what is short enough is not read letter by letter."""
    if len(text) <= length and is_normalized("NFC", text):
        return text
    return Truncator(text).chars(length)
