"""Tags of the reports room: the words for codes, and the addresses behind numbers."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community.text.stencils import late
from feedback.proposals.models import Proposal
from feedback.reports import wording
from feedback.reports.domain.content import Interval, MoodName, Movement, Quadrant, Signal
from feedback.reports.domain.themes import words
from feedback.reports.domain.themes.reading import Line
from feedback.reports.models import Dimension, Side
from feedback.reports.queries import Segment

register = template.Library()


@register.filter
@late
def item(mapping: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds, or an empty text."""
    return mapping.get(key, "")


@register.filter
def is_han(text: str) -> bool:
    """Whether a comment is Chinese."""
    return words.is_han(text)


@register.filter
def quadrant_name(code: Quadrant) -> str | Promise:
    """The corner of the feature map."""
    return wording.QUADRANTS[code]


@register.filter
def mood_name(code: MoodName) -> str | Promise:
    """The mood of a ballot."""
    return wording.MOODS[code]


@register.filter
def status_name(status: str) -> str | Promise:
    """The status of a proposal."""
    return Proposal.Status(status).label


@register.filter
def segment_name(segment: Segment) -> str | Promise:
    """A segment as a reader says it."""
    return value_name(segment.value, segment.dimension)


@register.filter
def value_name(value: str, dimension: str) -> str | Promise:
    """One value of a dimension as a reader says it."""
    if value == "other":
        return _("other")
    if value == "unknown":
        return _("unknown")
    if dimension == Dimension.LEVEL:
        return _("level %(number)s") % {"number": value}
    if dimension == Dimension.VERIFIED:
        return _("build-verified") if value == "yes" else _("not verified")
    return value


@register.filter
def dimension_name(dimension: str) -> str | Promise:
    """What voters are told apart by."""
    return Dimension(dimension).label


@register.simple_tag
def movement(code: Movement) -> SafeString:
    """▲ beyond noise, ▼ beyond noise, steady, new."""
    return format_html('<span class="{}">{}</span>', wording.CHANGES[code], wording.MOVEMENTS[code])


@register.simple_tag
def signal(code: Signal) -> SafeString:
    """Whether an area left its band."""
    return format_html('<span class="{}">{}</span>', *wording.SIGNALS[code])


@register.filter
@late
def trend(line: Line) -> SafeString:
    """More, fewer or as many as on the build before: more praise is good, more pain is not."""
    if not line.change:
        return SafeString()
    better = "more" if line.theme.side == Side.LOVED else "fewer"
    tone = "change-none"
    if line.change in {"more", "fewer"}:
        tone = "change-up" if line.change == better else "change-down"
    return format_html('<span class="{}">{}</span>', tone, wording.TREND_WORDS[line.change])


@register.filter
def unlocalized(share: float) -> str:
    """A figure for an attribute, with a point in any language."""
    return f"{share:.6f}"


@register.filter
def half(interval: Interval) -> float:
    """Half the width of an interval: what stands after ±."""
    return (interval["high"] - interval["low"]) / 2


@register.filter
def hundred(share: float) -> float:
    """A share in percent."""
    return share * 100


@register.filter
def change_on(now: float, before: float) -> float:
    """0.06 when now is 6 % more than before."""
    return now / before - 1


@register.filter
def add_number(number: float, more: float) -> float:
    """A sum that may have decimals, for places in a chart."""
    return round(number + more, 1)


@register.filter
def over(part: float, whole: float) -> float:
    """A share; 0 of nothing."""
    return part / whole if whole else 0.0


@register.simple_tag(takes_context=True)
def ballots_url(context: template.Context, **asked: Any) -> str:
    """The list of the ballots behind a number, of the segment that is shown."""
    segment: Segment | None = context.get("segment")
    if segment:
        asked[segment.dimension.value] = segment.value
    address = reverse("reports:ballots", args=[context["build"].slug])
    return f"{address}?{urlencode(asked)}" if asked else address


@register.simple_tag
def slice_url(slug: str, dimension: str, value: str, feature: int) -> str:
    """A feature's row in the report of a segment."""
    return segment_url(slug, Segment(Dimension(dimension), value), f"#feature-{feature}")


@register.simple_tag
def segment_url(slug: str, segment: Segment | None, anchor: str = "") -> str:
    """The report of a segment, or of everyone."""
    address = reverse("reports:detail", args=[slug])
    chosen = {segment.dimension.value: segment.value} if segment else {}
    query = f"?{urlencode(chosen)}" if chosen else ""
    return f"{address}{query}{anchor}"
