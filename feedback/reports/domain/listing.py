"""The ballots behind a number, without saying whose they are.

No member; times cut to the hour; segments only as far as five voters share them (VoterGroup); in
the order of a keyed hash, so that neither the time nor a voter's own receipt finds a row. While
the window is open whole hours are listed, without segments, so that watching the list tells no
more than the list at the end.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from django.db.models import BinaryField, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.crypto import salted_hmac

from feedback.fourgrid.models import Ballot
from feedback.reports.domain.content import MoodName, Verdict
from feedback.reports.domain.counting import Voters
from feedback.reports.domain.folding import DIMENSIONS, OTHER, UNKNOWN, value
from feedback.reports.models import Dimension, ThemeRemark, VoteReport, VoterGroup
from feedback.reports.queries import Segment, family_of

ROWS_AT_A_TIME = 2000
MOOD_NAMES: dict[int, MoodName] = {
    Ballot.Mood.IN_LOVE: "in_love",
    Ballot.Mood.HAPPY: "happy",
    Ballot.Mood.HOPEFUL: "hopeful",
    Ballot.Mood.SAD: "sad",
}

# "feature" stands for the comments at named features.
Commented = Literal["any", "mood", "loved", "let_down", "wishes", "feature"]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which ballots to list; what is None or empty does not matter."""

    segment: Segment | None = None
    mood: MoodName | None = None
    # Ballots that name the feature: at all, in one cell, or with one verdict.
    feature: int | None = None
    cell: Literal["loved", "let_down"] | None = None
    verdict: Verdict | None = None
    wish: int | None = None
    comment: Commented | None = None
    # Ballots with a comment of the theme or of those merged into it; one ballot by its handle.
    theme: int | None = None
    ballot: str | None = None

    def as_json(self) -> dict[str, Any]:
        """What was asked for, without what was not."""
        given = {name: value for name, value in asdict(self).items() if value is not None}
        return given | ({"segment": list(self.segment)} if self.segment else {})

    @classmethod
    def from_json(cls, written: dict[str, Any]) -> "Asked":
        """Back from ``as_json``."""
        segment = written.get("segment")
        read = {"segment": Segment(Dimension(segment[0]), segment[1])} if segment else {}
        return cls(**written | read)


@dataclass(frozen=True)
class Row:
    """One ballot; features and wishes are ids, in the voter's order."""

    # Hexadecimal, stable within a build: where a list goes on, and how to speak of a ballot.
    handle: str
    hour: datetime
    mood: MoodName
    loved: list[int]
    let_down: list[int]
    wishes: list[int]
    comments: dict[str, str]
    # The voter's segments as far as they may be shown, else "other".
    segments: dict[Dimension, str] = field(default_factory=dict)


def page(
    report: VoteReport, asked: Asked, *, at: datetime, after: str = "", number: int = 30
) -> tuple[list[Row], str]:
    """At most ``number`` rows after a handle, and the handle to go on from ("" at the end)."""
    ballots = _ballots(report, asked, at)
    if after:
        ballots = ballots.filter(place__gt=bytes.fromhex(after))
    found = [_row(ballot) for ballot in ballots[: number + 1]]
    return found[:number], found[number - 1].handle if len(found) > number else ""


def ballot_at(report: VoteReport, handle: str, *, at: datetime) -> tuple[int, Row] | None:
    """The ballot with this handle: its id, and its row."""
    found = _ballots(report, Asked(ballot=handle), at).first()
    return (found.pk, _row(found)) if found else None


def every_row(report: VoteReport, asked: Asked, *, at: datetime) -> Iterator[Row]:
    """All rows, read in portions."""
    return map(_row, _ballots(report, asked, at).iterator(chunk_size=ROWS_AT_A_TIME))


def number_of_rows(report: VoteReport, asked: Asked, *, at: datetime) -> int:
    """How many rows ``every_row`` gives."""
    return int(_ballots(report, asked, at).order_by().count())


def handle_of(build_id: int, receipt: bytes) -> str:
    """The handle that a ballot has in lists."""
    return sha256(_key(build_id) + receipt).hexdigest()


def _key(build_id: int) -> bytes:
    return salted_hmac("feedback.reports.listing", str(build_id), algorithm="sha256").digest()


def _ballots(report: VoteReport, asked: Asked, at: datetime) -> Any:
    """Ballots with the annotations place and shown."""
    alike = VoterGroup.objects.filter(
        report=report,
        family=OuterRef("family"),
        level=OuterRef("level"),
        region=OuterRef("region"),
        is_verified=OuterRef("is_verified"),
    )
    ballots = (
        Ballot.objects.filter(build=report.build_id)
        .counted()
        .with_verification()
        .annotate(
            place=Func(
                Value(_key(report.build_id)),
                F("receipt"),
                function="sha256",
                arg_joiner=" || ",
                output_field=BinaryField(),
            ),
            shown=Coalesce(Subquery(alike.values("shown")), 0),
        )
        .filter(_wanted(asked))
        .order_by("place")
    )
    if asked.theme:
        family = family_of([asked.theme])[asked.theme]
        said = ThemeRemark.objects.filter(theme__in=family, theme__report=report)
        ballots = ballots.filter(pk__in=said.values("ballot"))
    if asked.ballot:
        ballots = ballots.filter(place=bytes.fromhex(asked.ballot))
    if not report.is_final:
        ballots = ballots.filter(saved_at__lt=_hour(at))
    return _of_segment(ballots, asked.segment) if asked.segment else ballots


def _wanted(asked: Asked) -> Q:
    wanted = Q()
    if asked.mood:
        wanted &= Q(mood=Ballot.Mood[asked.mood.upper()])
    if asked.feature:
        wanted &= _naming(asked.feature, asked)
    if asked.wish:
        wanted &= Q(wishes__contains=[asked.wish])
    if asked.comment:
        wanted &= _commented(asked.comment, asked.feature)
    return wanted


def _naming(feature: int, asked: Asked) -> Q:
    in_loved, in_let_down = Q(loved__contains=[feature]), Q(let_down__contains=[feature])
    match asked.verdict or asked.cell:
        case "loved_most":
            return Q(loved__0=feature)
        case "let_down_most":
            return Q(let_down__0=feature)
        case "loved":
            return in_loved & ~Q(loved__0=feature) if asked.verdict else in_loved
        case "let_down":
            return in_let_down & ~Q(let_down__0=feature) if asked.verdict else in_let_down
        case _:
            return in_loved | in_let_down


def _commented(comment: Commented, feature: int | None) -> Q:
    if comment == "any":
        return ~Q(comments={})
    if comment == "feature":
        return Q(comments__has_key=f"feature:{feature}")
    return Q(comments__has_key=comment)


def _of_segment(ballots: Any, segment: Segment) -> Any:
    """Ballots that say so; those of the segment that may not are among the "other"."""
    dimension, name = segment
    ballots = ballots.annotate(says=F("shown").bitand(VoterGroup.BITS[dimension]))
    if name == OTHER:
        return ballots.filter(says=0)
    match dimension:
        case Dimension.LEVEL:
            of_segment = Q(level=int(name))
        case Dimension.VERIFIED:
            of_segment = Q(is_verified=name == "yes")
        case _:
            of_segment = Q(**{dimension.value: "" if name == UNKNOWN else name})
    return ballots.filter(of_segment, says__gt=0)


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _row(ballot: Any) -> Row:
    voters = Voters(ballot.family, ballot.level, ballot.region, ballot.is_verified)
    return Row(
        handle=bytes(ballot.place).hex(),
        hour=_hour(ballot.saved_at),
        mood=MOOD_NAMES[ballot.mood],
        loved=ballot.loved,
        let_down=ballot.let_down,
        wishes=ballot.wishes,
        comments=ballot.comments,
        segments={
            dimension: value(voters, dimension)
            if ballot.shown & VoterGroup.BITS[dimension]
            else OTHER
            for dimension in DIMENSIONS
        },
    )
