"""The figures of the dashboard: of boards from their topics, of the site from its days."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from community.dashboard.periods import Span
from community.forum.models import Board, SearchMiss, Topic
from community.forum.models.topics import TopicQuerySet
from community.members.domain.active_days import Active, active_by_day

QUERIES_SHOWN = 30
SOON = timedelta(hours=24)


class Median(Aggregate):
    """The middle of what is not null."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True, kw_only=True)
class Answering:
    """How topics were answered that were opened on a day, on a board or in all.

    `wait` is the median time to the first reply of those that have one.
    """

    opened: int = 0
    replied: int = 0
    soon: int = 0
    wait: timedelta | None = None

    @property
    def soon_share(self) -> float | None:
        """The share with a reply within a day."""
        return self.soon / self.opened if self.opened else None

    @property
    def silent(self) -> int:
        """Those to which nobody has replied."""
        return self.opened - self.replied


@dataclass(frozen=True, kw_only=True)
class BoardFigures:
    """A board: how its topics were answered, and how many wait for an answer, however old."""

    board: Board
    answering: Answering
    unanswered: int


@dataclass(frozen=True, kw_only=True)
class Missed:
    """What was looked for in vain, and how often."""

    query: str
    count: int


@dataclass(frozen=True, kw_only=True)
class DayFigures:
    """A day; `active` and `missed` are None for who does not see the whole site."""

    on: date
    answering: Answering
    active: Active | None
    missed: int | None


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What the dashboard shows of a span; `missed` is None for who does not see the whole site."""

    span: Span
    answering: Answering
    days: Sequence[DayFigures]
    boards: Sequence[BoardFigures]
    missed: Sequence[Missed] | None

    @property
    def unanswered(self) -> int:
        return sum(row.unanswered for row in self.boards)

    @property
    def today(self) -> DayFigures:
        return self.days[-1]


def figures(span: Span, boards: Collection[Board], *, sees_site: bool) -> Figures:
    """The figures of these boards, and of the site where it may be seen."""
    topics = _opened(span, boards)
    by_board = {row["board"]: _answering(row) for row in _measured(topics.values("board"))}
    waiting = _unanswered(boards)
    return Figures(
        span=span,
        answering=_answering(_totals(topics)),
        days=_days(span, topics, sees_site=sees_site),
        boards=[
            BoardFigures(
                board=board,
                answering=by_board.get(board.pk, Answering()),
                unanswered=waiting.get(board.pk, 0),
            )
            for board in boards
        ],
        missed=_missed(span) if sees_site else None,
    )


def boards_within(slugs: Collection[str] | None) -> QuerySet[Board]:
    """The boards of these slugs, or every one; in the order of the forum."""
    boards = Board.objects.order_by("position", "pk")
    return boards if slugs is None else boards.filter(slug__in=slugs)


def _opened(span: Span, boards: Collection[Board]) -> TopicQuerySet:
    """Topics that members opened in the span; nobody waits for an answer to an announcement."""
    topics = Topic.objects.visible().filter(
        board__in=[board.pk for board in boards], created_at__gte=span.begins_at
    )
    return topics.exclude(kind=Topic.Kind.ANNOUNCEMENT)


def _days(span: Span, topics: TopicQuerySet, *, sees_site: bool) -> list[DayFigures]:
    zone = timezone.get_default_timezone()
    rows = topics.annotate(day=TruncDate("created_at", tzinfo=zone)).values("day")
    answering = {row["day"]: _answering(row) for row in _measured(rows)}
    active = active_by_day(span.first, span.last) if sees_site else {}
    missed = _missed_by_day(span) if sees_site else {}
    return [
        DayFigures(
            on=on,
            answering=answering.get(on, Answering()),
            active=active.get(on),
            missed=missed.get(on, 0) if sees_site else None,
        )
        for on in span.days
    ]


_WAIT = F("replied_at") - F("created_at")
_MEASURES = {
    "opened": Count("pk"),
    "replied": Count("replied_at"),
    "soon": Count("pk", filter=Q(replied_at__lte=F("created_at") + SOON)),
    "wait": Median(_WAIT),
}


def _measured(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    measured: QuerySet[Any, Any] = rows.annotate(**_MEASURES)
    return measured


def _totals(topics: TopicQuerySet) -> dict[str, Any]:
    return topics.aggregate(**_MEASURES)


def _answering(row: dict[str, Any]) -> Answering:
    return Answering(**{name: row[name] for name in _MEASURES})


def _unanswered(boards: Collection[Board]) -> dict[int, int]:
    topics = Topic.objects.visible().unanswered().filter(board__in=[board.pk for board in boards])
    return dict(topics.values_list("board").annotate(Count("pk")))


def _missed(span: Span) -> list[Missed]:
    rows = _misses(span).values("query").annotate(times=Sum("count"))
    most = rows.order_by("-times", "query")[:QUERIES_SHOWN]
    return [Missed(query=row["query"], count=row["times"]) for row in most]


def _missed_by_day(span: Span) -> dict[date, int]:
    return dict(_misses(span).values_list("missed_on").annotate(Sum("count")))


def _misses(span: Span) -> QuerySet[SearchMiss]:
    return SearchMiss.objects.filter(missed_on__gte=span.first, missed_on__lte=span.last)
