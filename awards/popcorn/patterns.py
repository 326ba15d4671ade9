"""Patterns of ballots that move together, in words: why some of them count for less."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from awards.popcorn.domain.overrides import pattern_key
from awards.popcorn.models import Award, DiscountOverride
from community.builds.models import Feature

HOUR = timedelta(hours=1)
Block = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Two marks that too many ballots share, and what became of their discount.

    ``code`` is the reason code of the ballots; ``begins_at`` is None for the whole window;
    ``expected`` and ``coordination`` are decimals as text; ``discounted`` counts the ballots that
    this pattern, their strongest, made lighter.
    """

    position: int
    key: str
    first: str
    second: str
    begins_at: datetime | None
    together: int
    expected: float
    coordination: float
    discounted: int
    is_taken_back: bool
    override: DiscountOverride | None

    @property
    def code(self) -> str:
        return f"P{self.position + 1}"


def patterns(award: Award) -> list[Pattern]:
    """The patterns of an award, in the order of their reason codes."""
    titles = dict(Feature.objects.filter(build=award.build_id).values_list("pk", "title"))
    asked = DiscountOverride.objects.filter(build=award.build_id)
    overrides = {
        pattern_key({"first": row.first, "second": row.second, "hour": row.hour}): row
        for row in asked.select_related("asked_by", "confirmed_by")
    }
    discounted = Counter(award.discounts.values_list("pattern", flat=True))
    return [
        Pattern(
            position=position,
            key=pattern_key(block),
            first=_mark(block["first"], titles),
            second=_mark(block["second"], titles),
            begins_at=_begins_at(award, block["hour"]),
            together=block["together"],
            expected=float(block["expected"]),
            coordination=float(block["coordination"]),
            discounted=discounted[position],
            is_taken_back=block["is_overridden"],
            override=overrides.get(pattern_key(block)),
        )
        for position, block in enumerate(award.result["blocks"])
    ]


def _mark(mark: str, titles: Mapping[int, str]) -> str:
    verdict, _colon, feature = mark.partition(":")
    words = _("loved “%(title)s”") if verdict == "loved" else _("let down by “%(title)s”")
    return words % {"title": titles[int(feature)]}


def _begins_at(award: Award, hour: int | None) -> datetime | None:
    opened_at = award.build.ballots_open_at
    return None if hour is None or opened_at is None else opened_at + hour * HOUR
