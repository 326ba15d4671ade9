"""Seasons: a quarter or a year of awards, and who did best in it (赛季)."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import Avg, Case, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest

from awards.popcorn.models import Award, AwardPlace
from community.builds.models import Engineer, Product

MONTHS = 3
QUARTERS = (1, 2, 3, 4)
WHOLE = 5  # sorts a year after its quarters
# A week's first place earns this much, each further one a point less.
MOST_POINTS = 10
MOST_SHOWN = 10
# Winners share the first place.
POINTS = Case(
    When(is_winner=True, then=Value(MOST_POINTS)),
    default=Greatest(Value(MOST_POINTS + 1) - F("place"), Value(0)),
)
FIRST_YEAR, LAST_YEAR = 2000, 2999


@dataclass(frozen=True, slots=True)
class Season:
    """A quarter, or the whole year when ``quarter`` is 0."""

    year: int
    quarter: int = 0

    def __str__(self) -> str:
        return f"{self.year} Q{self.quarter}" if self.quarter else f"{self.year}"

    @property
    def key(self) -> str:
        """How addresses name it: 2026 or 2026-4."""
        return f"{self.year}-{self.quarter}" if self.quarter else f"{self.year}"

    @classmethod
    def read(cls, key: str) -> Self:
        """The season of a ``key``; raises ValueError."""
        year, _dash, quarter = key.partition("-")
        season = cls(int(year), int(quarter or 0))
        if not FIRST_YEAR <= season.year <= LAST_YEAR or season.quarter not in {0, *QUARTERS}:
            raise ValueError(key)
        return season

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter of a day."""
        return cls(day.year, (day.month - 1) // MONTHS + 1)

    @property
    def first(self) -> date:
        return date(self.year, (self.quarter - 1) * MONTHS + 1 if self.quarter else 1, 1)

    @property
    def end(self) -> date:
        """The first day after it."""
        if self.quarter in {0, QUARTERS[-1]}:
            return date(self.year + 1, 1, 1)
        return Season(self.year, self.quarter + 1).first


@dataclass(frozen=True, slots=True)
class Standing:
    """An engineer's season: points, weeks won, weeks among the shown."""

    place: int
    engineer: Engineer
    points: int
    wins: int
    weeks: int


def seasons_of(product: Product) -> list[Season]:
    """Quarters with an award of a product, newest first, each year before its quarters."""
    days = Award.objects.announced().filter(build__product=product)
    quarters = {Season.of(day) for day in days.values_list("build__release_on", flat=True) if day}
    years = {Season(season.year) for season in quarters}
    return sorted(quarters | years, key=lambda one: (one.year, one.quarter or WHOLE), reverse=True)


def awards_in(product: Product, season: Season) -> QuerySet[Award]:
    """What holds of a season's weeks, the latest first."""
    weeks = (
        Award.objects.announced()
        .light()
        .filter(
            build__product=product,
            build__release_on__gte=season.first,
            build__release_on__lt=season.end,
        )
    )
    return weeks.order_by("-build__award_at", "-pk")


def standings(product: Product, season: Season) -> list[Standing]:
    """The better half of a season, at most ten, by the sum of weekly places.

    Only what a week's public table shows earns points: no sum tells of a place that was not shown.
    """
    rows = list(
        AwardPlace.objects.filter(award__in=awards_in(product, season).order_by(), is_shown=True)
        .values(signer=Coalesce("engineer__merged_into", "engineer"))
        .annotate(
            points=Sum(POINTS),
            wins=Count("pk", filter=Q(is_winner=True)),
            weeks=Count("award", distinct=True),
            mean=Avg("score"),
        )
        .order_by("-points", "-wins", "-mean")
    )
    shown = rows[: min(MOST_SHOWN, (len(rows) + 1) // 2)]
    merits = [(row["points"], row["wins"], row["mean"]) for row in shown]
    engineers = Engineer.objects.in_bulk([row["signer"] for row in shown])
    return [
        Standing(place, engineers[row["signer"]], row["points"], row["wins"], row["weeks"])
        for place, row in zip(_places(merits), shown, strict=True)
    ]


def _places(merits: list[tuple[int, int, float]]) -> list[int]:
    """Places from 1; equal merits share the first of theirs."""
    return [merits.index(merit) + 1 for merit in merits]
