"""Themes as a report shows them: how many say so, since when, on what, and in which words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt

from django.db import connection, models

from community.builds.models import Build
from feedback.reports.domain.charts.weeks import WeekBars, week_bars
from feedback.reports.domain.folding import DIMENSIONS, OTHER
from feedback.reports.domain.listing import handle_of
from feedback.reports.domain.movement import Z99
from feedback.reports.domain.themes.words import is_han
from feedback.reports.models import Dimension, Side, Theme, VoteReport
from feedback.reports.queries import Segment, family_of

BUILDS_REMEMBERED = 8
MOST_QUOTES = 3
# Of so many near the centre, those are quoted that do not say the same.
QUOTED_FROM = 24
# Two quotes with more than this share of their pairs of characters in common say the same.
ALIKE = 0.5
MOST_NAMED = 2

# Those nearest to the centre of each theme, through the index.
NEAREST = """
SELECT wanted.root, ballot.comments ->> remark.place, ballot.receipt
  FROM unnest(%s::bigint[], %s::bigint[]) AS wanted (root, theme)
 CROSS JOIN LATERAL (
     SELECT ballot_id, place, closeness FROM reports_themeremark
      WHERE theme_id = wanted.theme ORDER BY closeness DESC, ballot_id LIMIT %s
 ) AS remark
  JOIN fourgrid_ballot AS ballot ON ballot.id = remark.ballot_id
 ORDER BY wanted.root, remark.closeness DESC, ballot.receipt
"""


@dataclass(frozen=True)
class Week:
    """A theme on one build."""

    build: Build
    theme: Theme
    # Of all ballots on the build.
    share: float


@dataclass(frozen=True)
class Quote:
    """A comment in its writer's words, and the ballot it stands on."""

    text: str
    build: int
    receipt: bytes

    @property
    def handle(self) -> str:
        """The row of the list that it stands on."""
        return handle_of(self.build, self.receipt)

    @property
    def is_han(self) -> bool:
        return is_han(self.text)


@dataclass
class Line:
    """A theme with what is told of it."""

    theme: Theme
    ballots: int
    # The oldest first, this build last.
    weeks: list[Week]
    # Whether there are earlier builds to compare with.
    has_past: bool
    quotes: list[Quote] = field(default_factory=list)

    @property
    def change(self) -> str:
        """Against the build before: "more" or "fewer" by more than noise (99 %), "steady", "new".

        "" when no build went before.
        """
        if len(self.weeks) < 2:  # noqa: PLR2004 - this build and another
            return "new" if self.has_past else ""
        before, now = self.weeks[-2:]
        noise = Z99 * sqrt(_variance(before) + _variance(now))
        if abs(now.share - before.share) <= noise:
            return "steady"
        return "more" if now.share > before.share else "fewer"

    @property
    def most(self) -> float:
        """Its share on the build that spoke of it most."""
        return max(week.share for week in self.weeks)

    @cached_property
    def bars(self) -> WeekBars:
        """Its weeks as a small chart."""
        return week_bars([week.share for week in self.weeks])

    @property
    def faces(self) -> dict[str, list[tuple[str, int]]]:
        """Ballots by segment, the largest first, "other" last."""
        faces = {dimension.value: self._faces(dimension) for dimension in DIMENSIONS}
        return {dimension: found for dimension, found in faces.items() if found}

    def _faces(self, dimension: Dimension) -> list[tuple[str, int]]:
        found = self.theme.faces.get(dimension.value, {})
        return sorted(found.items(), key=lambda x: (x[0] == OTHER, -x[1], x[0]))

    @property
    def devices(self) -> list[str]:
        """The devices that it is told of most, without "other"."""
        named = [name for name, _ in self._faces(Dimension.FAMILY) if name != OTHER]
        return named[:MOST_NAMED]

    @property
    def features(self) -> list[int]:
        """The features that a good part of the ballots speak of."""
        found = [pk for pk, ballots in self.theme.features if ballots * 4 >= self.theme.ballots]
        return found[:MOST_NAMED]


def _variance(week: Week) -> float:
    # As if one ballot more had said so and one not: nobody is that sure of a handful.
    ballots = week.theme.report.ballots
    mean = (week.share * ballots + 1) / (ballots + 2)
    return mean * (1 - mean) / (ballots + 2)


def lines(
    report: VoteReport,
    *sides: Side,
    segment: Segment | None = None,
    number: int | None = None,
    quotes: int = MOST_QUOTES,
) -> list[Line]:
    """The themes of a report, side by side the largest first; five queries however many there are.

    At most ``number`` of each side; of a segment, those that its lists tell of.
    """
    themes = _largest(report, sides, None if segment else number)
    sized = [(theme, _ballots(theme, segment)) for theme in themes]
    sized.sort(key=lambda each: (-each[1], each[0].pk))
    chosen = [
        each
        for side in sides
        for each in [(t, ballots) for t, ballots in sized if t.side == side and ballots][:number]
    ]
    return told(report, chosen, quotes=quotes)


def _largest(
    report: VoteReport, sides: Sequence[Side], number: int | None
) -> models.QuerySet[Theme]:
    themes = Theme.objects.filter(report=report).told().largest_first().defer("centre")
    if number is None:
        return themes.filter(side__in=sides)
    first, *others = (themes.filter(side=side)[:number] for side in sides)
    return first.union(*others, all=True)


def told(report: VoteReport, sized: Sequence[tuple[Theme, int]], *, quotes: int) -> list[Line]:
    """Lines of these themes with their ballots."""
    past = _past(report)
    for theme, _ballots in sized:
        theme.report = report
    found = [Line(theme, ballots, _weeks(theme, past), bool(past)) for theme, ballots in sized]
    said = _quotes(report, [line.theme.pk for line in found], quotes)
    for line in found:
        line.quotes = said.get(line.theme.pk, [])
    return found


def _ballots(theme: Theme, segment: Segment | None) -> int:
    if segment is None:
        return theme.ballots
    return int(theme.faces.get(segment.dimension.value, {}).get(segment.value, 0))


def _past(report: VoteReport) -> dict[int, Theme]:
    """Themes of earlier builds by id, with their reports."""
    before = VoteReport.objects.before(report.build).named()[: BUILDS_REMEMBERED - 1]
    reports = {each.pk: each for each in before}
    themes = Theme.objects.filter(report__in=reports).defer("centre", "faces", "features")
    found = {theme.pk: theme for theme in themes}
    for theme in found.values():
        # Not joined: hundreds of themes would bring as many copies of a few reports and builds.
        theme.report = reports[theme.report_id]
    return found


def _weeks(theme: Theme, past: dict[int, Theme]) -> list[Week]:
    weeks: list[Week] = []
    this: Theme | None = theme
    while this and len(weeks) < BUILDS_REMEMBERED:
        weeks.append(Week(this.report.build, this, this.ballots / this.report.ballots))
        this = _head(past.get(this.follows_id or 0), past)
    return weeks[::-1]


def _head(theme: Theme | None, past: dict[int, Theme]) -> Theme | None:
    while theme and theme.merged_into_id:
        theme = past.get(theme.merged_into_id)
    return theme


def _quotes(report: VoteReport, themes: list[int], number: int) -> dict[int, list[Quote]]:
    families = family_of(themes)
    pairs = [(root, theme) for root, family in families.items() for theme in family]
    with connection.cursor() as cursor:
        roots, each = [root for root, _ in pairs], [theme for _, theme in pairs]
        cursor.execute(NEAREST, [roots, each, QUOTED_FROM])
        rows = cursor.fetchall()
    found: dict[int, dict[str, Quote]] = {}
    for root, text, receipt in rows:
        quote = Quote(text, report.build_id, bytes(receipt))
        found.setdefault(root, {}).setdefault(text.casefold(), quote)
    return {root: chosen(list(quotes.values()), number) for root, quotes in found.items()}


def chosen(quotes: list[Quote], number: int) -> list[Quote]:
    """The nearest of each language, then of the rest; those that say the same come last."""
    first = [next((q for q in quotes if q.is_han is han), None) for han in (True, False)]
    found = [quote for quote in first if quote]
    for most_alike in (ALIKE, 1.0):
        for quote in quotes:
            is_new = quote not in found and len(found) < number
            if is_new and all(_alike(quote, other) <= most_alike for other in found):
                found.append(quote)
    return sorted(found[:number], key=quotes.index)


def _alike(one: Quote, other: Quote) -> float:
    """The share of the pairs of characters in either that are in both."""
    mine, its = (
        {each.text[n : n + 2].casefold() for n in range(len(each.text))} for each in (one, other)
    )
    return len(mine & its) / len(mine | its)
