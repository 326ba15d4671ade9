"""What an engineer is shown of the ballots on their features: totals of five voters or more.

After the close only. Praise and complaints stand in the order of a keyed hash, without time,
ballot, segment or anything else of their writers; of a feature that fewer than five voters named,
nothing is shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils.crypto import salted_hmac

from community.builds.models import Build, Feature, Thanks
from community.members.models import Member
from feedback.fourgrid.models import Ballot
from feedback.reports.domain.content import Counts
from feedback.reports.domain.folding import FEWEST
from feedback.reports.domain.table import Row
from feedback.reports.models import InboxReply, Theme, VoteReport
from feedback.reports.queries import replies_by_feature

BUILDS_SHOWN = 6
MOST_COMMENTS = 50


class ThemeCount(NamedTuple):
    """A theme, and how many ballots speak of one feature in it: five at least."""

    theme: Theme
    ballots: int


@dataclass(frozen=True)
class Entry:
    """One feature: how it was judged, and what was written about it."""

    feature: int
    title: str
    # None when fewer than five voters named it.
    row: Row | None
    praise: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    # What at least five ballots say of it in the same words, with their number.
    themes: list[ThemeCount] = field(default_factory=list)
    replies: list[InboxReply] = field(default_factory=list)

    @property
    def verdicts(self) -> Counts | None:
        return self.row.line["verdicts"] if self.row else None


@dataclass(frozen=True)
class Letter:
    """One build of the inbox, with the engineer's features in it."""

    build: Build
    thanks: int
    entries: list[Entry]


def reports_to(member: Member) -> QuerySet[VoteReport]:
    """Counted builds with features of this member's, counted last first; pages list them so."""
    built = _features_of(member).values("build")
    reports = VoteReport.objects.final().filter(build__in=built).select_related("build__product")
    return reports.order_by("-computed_at", "-pk")


def inbox(member: Member, before: int | None = None) -> tuple[list[Letter], int | None]:
    """A page of letters, after that of the report ``before``; and the last where more follow."""
    reports = reports_to(member)
    if before and (last := reports.filter(pk=before).first()):
        as_late = Q(computed_at=last.computed_at, pk__lt=last.pk)
        reports = reports.filter(Q(computed_at__lt=last.computed_at) | as_late)
    found = list(reports[: BUILDS_SHOWN + 1])
    shown = found[:BUILDS_SHOWN]
    return letters(member, shown), shown[-1].pk if len(found) > BUILDS_SHOWN else None


def letters(member: Member, reports: Sequence[VoteReport]) -> list[Letter]:
    """What these reports tell this engineer."""
    features = _features_of(member).order_by("position", "pk")
    builds = [report.build_id for report in reports]
    mine = list(features.filter(build__in=builds))
    replies = replies_by_feature(feature.pk for feature in mine)
    thanked = Thanks.objects.filter(_thanked(member), build__in=builds).values_list("build")
    thanks = dict(thanked.annotate(Count("pk")))
    entries: dict[int, list[Entry]] = {build: [] for build in builds}
    for feature, entry in zip(mine, _entries(reports, mine), strict=True):
        entry.replies.extend(replies.get(entry.feature, ()))
        entries[feature.build_id].append(entry)
    return [
        Letter(report.build, thanks.get(report.build_id, 0), entries[report.build_id])
        for report in reports
    ]


def entry_of(report: VoteReport, feature: Feature) -> Entry:
    """What came back about one feature."""
    return _entries([report], [feature])[0]


def _features_of(member: Member) -> QuerySet[Feature]:
    return Feature.objects.filter(_built_by(member)).distinct()


def _built_by(member: Member) -> Q:
    return Q(credits__engineer__member=member) | Q(credits__engineer__merged_into__member=member)


def _thanked(member: Member) -> Q:
    return Q(engineer__member=member) | Q(engineer__merged_into__member=member)


def _entries(reports: Sequence[VoteReport], features: Sequence[Feature]) -> list[Entry]:
    """One for each feature, in their order; asked for all at once, however many builds."""
    lines = {line["feature"]: line for report in reports for line in report.content["features"]}
    rows = {
        feature.pk: Row(lines[feature.pk])
        for feature in features
        if lines.get(feature.pk, {}).get("named", 0) >= FEWEST
    }
    said = _comments(reports, rows)
    themes = _themes(reports)
    return [
        Entry(
            feature.pk,
            feature.title,
            rows.get(feature.pk),
            *said.get(feature.pk, ([], [])),
            themes=themes.get(feature.pk, []) if feature.pk in rows else [],
        )
        for feature in features
    ]


def _themes(reports: Sequence[VoteReport]) -> dict[int, list[ThemeCount]]:
    """By feature the themes that at least five ballots speak of there; the largest first."""
    found: dict[int, list[ThemeCount]] = {}
    for theme in Theme.objects.filter(report__in=reports).told().largest_first().defer("centre"):
        for feature, ballots in theme.features:
            found.setdefault(feature, []).append(ThemeCount(theme, ballots))
    return found


def _comments(
    reports: Sequence[VoteReport], features: Iterable[int]
) -> dict[int, tuple[list[str], list[str]]]:
    """Praise and complaints by feature; a list of fewer than five is not shown."""
    places = {f"feature:{pk}": pk for pk in features}
    builds = [report.build_id for report in reports]
    ballots = Ballot.objects.filter(build__in=builds, comments__has_any_keys=[*places]).counted()
    rows = ballots.values_list("build", "receipt", "comments", "loved").iterator(chunk_size=2000)
    said: dict[int, tuple[list[tuple[bytes, str]], list[tuple[bytes, str]]]] = {}
    for build, receipt, comments, loved in rows:
        for place in comments.keys() & places.keys():
            pk = places[place]
            side = said.setdefault(pk, ([], []))[0 if pk in loved else 1]
            side.append((_by_chance(build, bytes(receipt), place), comments[place]))
    return {pk: (_told(praise), _told(pain)) for pk, (praise, pain) in said.items()}


def _told(said: list[tuple[bytes, str]]) -> list[str]:
    return [text for _, text in sorted(said)[:MOST_COMMENTS]] if len(said) >= FEWEST else []


def _by_chance(build: int, receipt: bytes, place: str) -> bytes:
    # Another key than the managers' lists have: two lists laid side by side tell nothing.
    key = salted_hmac("feedback.reports.inbox", str(build), algorithm="sha256").digest()
    return sha256(key + receipt + place.encode()).digest()
