"""Leaderboards, worked out anew from the entries: the same entries give the same boards."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet, Sum, Window
from django.db.models.functions import Rank, RowNumber
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.honours import panels
from community.honours.models import Balance, Entry, Place
from community.members.models import Audience

# Rows of a member's id and what they have `earned`.
Sums = QuerySet[Any, Any]

ALL_TIME, WEEK, REGION = "all", "week", "region"
MOST_PLACES = 100
MOST_PLACES_OF_REGION = 20
_LOCK = 0x0F53  # one works them out at a time


def rank(*, at: datetime) -> int:
    """Work out every board as of a moment; how many places there are. Opted-out members have none.

    Readers see the old boards until the new ones are complete.
    """
    places = [
        *_board(ALL_TIME, _sums(Balance.objects.all())),
        *_regions(_sums(Balance.objects.all())),
    ]
    for name, since in beginnings(at):
        places += _board(name, _sums(Entry.objects.filter(at__gte=since, at__lte=at)))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_LOCK])
        Place.objects.all().delete()
        return len(Place.objects.bulk_create(places))


def boards() -> list[tuple[str, str | Promise]]:
    """The leaderboards one can open: names and labels."""
    registered = [(period.name, period.label) for period in panels.periods()]
    return [(WEEK, _("This week")), *registered, (ALL_TIME, _("All time"))]


def beginnings(at: datetime) -> list[tuple[str, datetime]]:
    """The boards that begin at a moment, by name: this week's, and those that rooms registered."""
    named = [(WEEK, _monday(at)), *((each.name, each.since(at)) for each in panels.periods())]
    return [(name, since) for name, since in named if since is not None]


def _monday(at: datetime) -> datetime:
    """When the week began, where the site is."""
    here = timezone.localtime(at, timezone.get_default_timezone())
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=midnight.weekday())


def _sums(rows: Sums) -> Sums:
    """Members who may be ranked, with what the rows give them as `earned`."""
    amount = "experience" if rows.model is Balance else "amount"
    sums = rows.filter(member__is_active=True, member__is_ranked=True)
    members: Sums = sums.values("member").annotate(earned=Sum(amount)).filter(earned__gt=0)
    return members


def _board(name: str, sums: Sums) -> list[Place]:
    order = (F("earned").desc(), F("member__name_sort_key"), F("member"))
    first = sums.annotate(place=Window(Rank(), order_by=F("earned").desc()))
    return list(_places(name, first.order_by(*order)[:MOST_PLACES]))


def _regions(sums: Sums) -> list[Place]:
    """The first of each region, among those who show theirs to everybody."""
    seen = ~Q(member__region="") & Q(member__region_seen_by=Audience.EVERYBODY)
    order = (F("earned").desc(), F("member__name_sort_key"), F("member"))
    region = F("member__region")
    first = (
        sums.filter(seen)
        .values("member", "earned", "member__region")
        .annotate(
            place=Window(Rank(), partition_by=region, order_by=F("earned").desc()),
            row=Window(RowNumber(), partition_by=region, order_by=order),
        )
    )
    within = first.filter(row__lte=MOST_PLACES_OF_REGION).order_by(region, "row")
    return list(_places(REGION, within))


def _places(board: str, rows: Iterable[dict[str, Any]]) -> Iterable[Place]:
    for row in rows:
        yield Place(
            board=board,
            region=row.get("member__region", ""),
            place=row["place"],
            member_id=row["member"],
            experience=row["earned"],
        )
