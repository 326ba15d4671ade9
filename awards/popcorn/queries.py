"""What pages and the API read of awards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Avg, Count, F, Prefetch, Q, QuerySet, Sum, Value
from django.db.models.functions import Greatest

from awards.popcorn.models import Award, AwardPlace, BucketWinner
from community.builds.models import Feature, Product
from community.builds.queries import SIGNED
from feedback.fourgrid.models import Ballot

# The public table ends here, and never beyond the better half of the eligible.
TABLE_ROWS = 10
QUOTES = 3
SEASON_ROWS = 20
QUARTERS = 4
MONTHS = 3


@dataclass(frozen=True, slots=True)
class Season:
    """A quarter or a year of awards; ``quarter`` 0 is the whole year."""

    year: int
    quarter: int

    @property
    def name(self) -> str:
        return f"{self.year} Q{self.quarter}" if self.quarter else str(self.year)

    def bounds(self) -> tuple[date, date]:
        """[first day, first day of the next season)."""
        if not self.quarter:
            return date(self.year, 1, 1), date(self.year + 1, 1, 1)
        first = date(self.year, (self.quarter - 1) * MONTHS + 1, 1)
        if self.quarter == QUARTERS:
            return first, date(self.year + 1, 1, 1)
        return first, date(self.year, self.quarter * MONTHS + 1, 1)


def announced() -> QuerySet[Award]:
    """Awards that are out, newest first, corrected ones included."""
    return (
        Award.objects.filter(announced_at__isnull=False)
        .select_related("build__product", "topic")
        .order_by("-build__award_at", "-revision")
    )


def current(awards: QuerySet[Award]) -> QuerySet[Award]:
    """Only the newest announced revision of each build."""
    newer = Q(build__awards__announced_at__isnull=False) & Q(
        build__awards__revision__gt=F("revision")
    )
    return awards.exclude(pk__in=Award.objects.filter(newer).values("pk"))


def buckets(award: Award) -> list[BucketWinner]:
    signed = Prefetch("feature__credits", SIGNED.queryset)
    rows = award.buckets.select_related("feature").prefetch_related(signed)
    return list(rows.order_by("-weighted_first_places", "pk"))


def places(award: Award) -> list[AwardPlace]:
    """All places, best first, those without a place last."""
    rows = award.places.select_related("engineer__merged_into", "engineer__member")
    return list(rows.order_by(F("place").asc(nulls_last=True), "-score", "pk"))


def public_table(rows: Iterable[AwardPlace]) -> list[AwardPlace]:
    """The winners and the top of the table: nobody is shown a public bottom."""
    eligible = [row for row in rows if row.place is not None]
    limit = min(TABLE_ROWS, max(3, (len(eligible) + 1) // 2))
    return [row for n, row in enumerate(eligible) if n < limit or row.is_winner]


def work_of(award: Award, rows: Iterable[AwardPlace]) -> list[Feature]:
    """The features behind some places, most loved first."""
    engineers = [row.engineer_id for row in rows]
    return list(
        Feature.objects.filter(build=award.build)
        .filter(
            Q(credits__engineer__in=engineers) | Q(credits__engineer__merged_into__in=engineers)
        )
        .select_related("tally")
        .prefetch_related(SIGNED)
        .order_by("-tally__loved_most", "position")
        .distinct()
    )


def quotes(feature_ids: Iterable[int], build_id: int) -> dict[int, list[str]]:
    """What ballots that loved a feature wrote of it, a few each, ordered by receipt.

    Receipts are random, so that the order says nothing of who wrote or when.
    """
    wanted = {f"feature:{pk}": pk for pk in feature_ids}
    said: dict[int, list[str]] = {pk: [] for pk in wanted.values()}
    ballots = (
        Ballot.objects.filter(build=build_id, loved__overlap=list(wanted.values()))
        .counted()
        .filter(comments__has_any_keys=list(wanted))
        .order_by("receipt")
    )
    for loved, comments in ballots.values_list("loved", "comments"):
        for key, pk in wanted.items():
            text = comments.get(key)
            if text and pk in loved and text not in said[pk] and len(said[pk]) < QUOTES:
                said[pk].append(text)
    return said


def season_of(at: datetime, zone: str) -> Season:
    day = at.astimezone(ZoneInfo(zone))
    return Season(day.year, (day.month - 1) // MONTHS + 1)


def season_table(product: Product, season: Season) -> QuerySet[AwardPlace]:
    """Sums of weekly places: first place ten points, tenth one, nothing below; best first."""
    first, end = season.bounds()
    awards = current(announced()).filter(
        build__product=product, build__release_on__gte=first, build__release_on__lt=end
    )
    points = Greatest(Value(TABLE_ROWS + 1) - F("place"), Value(0))
    return (
        AwardPlace.objects.filter(award__in=awards.order_by(), place__isnull=False)
        .values("engineer", "engineer__name", "engineer__slug", "engineer__is_hidden")
        .annotate(
            points=Sum(points),
            wins=Count("pk", filter=Q(is_winner=True)),
            weeks=Count("pk"),
            mean_score=Avg("score"),
        )
        .filter(points__gt=0)
        .order_by("-points", "-wins", "-mean_score")[:SEASON_ROWS]
    )
