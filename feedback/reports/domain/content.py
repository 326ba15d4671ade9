"""The shape of a stored report: what one build's ballots say, for everyone or for one segment.

Counts are ballots of members (staff are counted apart), joy is 0 to 100 points, shares are 0 to 1.
``schema`` counts changes of meaning.
"""

from typing import Literal, NotRequired, TypedDict

SCHEMA = 1

Verdict = Literal["loved_most", "loved", "let_down", "let_down_most"]
VERDICTS: tuple[Verdict, ...] = ("loved_most", "loved", "let_down", "let_down_most")

MoodName = Literal["in_love", "happy", "hopeful", "sad"]
# From orange to blue.
MOODS: tuple[MoodName, ...] = ("in_love", "happy", "hopeful", "sad")

Quadrant = Literal["loved_by_many", "hidden_gem", "hurts_many", "hurts_few"]
# "new": the area had no builds before; "early": too few builds went before to know how areas sway.
Movement = Literal["better", "worse", "steady", "new", "early"]


class Interval(TypedDict):
    """An estimate with its 90 % interval."""

    value: float
    low: float
    high: float


class Comments(TypedDict):
    """How many comments stand at each cell, at named features, and in all."""

    mood: int
    loved: int
    let_down: int
    wishes: int
    features: int
    total: int


class Turnout(TypedDict):
    """Who took part."""

    # Members who could have voted when the window closed; None while it is open and in segments.
    eligible: int | None
    ballots: int
    verified: int
    # Ballots of staff: in no other figure. None in segments.
    staff: int | None
    comments: Comments
    # Ballots first saved in each hour since the window opened; None in segments, where an hour
    # would be a handful of people.
    hours: list[int] | None


class Mood(TypedDict):
    """Answers of cell 1."""

    happy: int
    in_love: int
    hopeful: int
    sad: int
    # Share of ballots that are happy or in love; None without ballots.
    glad: Interval | None


class Counts(TypedDict):
    """Ballots by verdict."""

    loved_most: int
    loved: int
    let_down: int
    let_down_most: int


class Credited(TypedDict):
    """An engineer's share of a feature."""

    name: str
    share: float


class Against(TypedDict):
    """A joy beside what earlier builds of the same area had."""

    movement: Movement
    # Where this joy would lie by noise alone (99 %); None when nothing is known yet.
    low: float | None
    high: float | None
    # Builds that is known from.
    builds: int


class FeatureLine(TypedDict):
    """One feature of the build."""

    feature: int
    title: str
    area: str
    kind: str
    fingerprint: str
    engineers: list[Credited]
    verdicts: Counts
    named: int
    comments: int
    # None when no ballot names it.
    joy: Interval | None
    quadrant: Quadrant | None
    # None in segments and for features without an area or a vote.
    against: Against | None


class AreaLine(TypedDict):
    """The features of one area taken together."""

    area: str
    features: list[int]
    verdicts: Counts
    named: int
    joy: Interval | None
    against: Against | None


class WishLine(TypedDict):
    """One proposal of cell 4."""

    proposal: int
    title: str
    status: str
    named: int
    named_first: int
    # Of the ballots.
    share: float


class SplitSide(TypedDict):
    """What one segment says of a feature."""

    value: str
    named: int
    joy: Interval


class Split(TypedDict):
    """A feature on which segments of one dimension disagree by more than chance."""

    dimension: str
    feature: int
    title: str
    # The segments that like it most and least.
    most: SplitSide
    least: SplitSide
    # Adjusted for all the comparisons made (Benjamini–Hochberg).
    p: float


class Promise(TypedDict):
    """A proposal accepted for this build or shipped in it."""

    proposal: int
    title: str
    status: str
    is_promised: bool
    # The feature that ships it here, if any.
    feature: int | None


# "drifts": eight builds in a row on one side of what is usual.
Signal = Literal["better", "worse", "drifts_better", "drifts_worse", "steady", "early"]


class ControlPoint(TypedDict):
    """An area on one build: the share of those who named it that it let down."""

    build: str
    slug: str
    named: int
    share: float
    # Where it would lie as usual; None while too few builds went before.
    low: float | None
    high: float | None


class Control(TypedDict):
    """One area through the builds, the last judged by those before."""

    area: str
    usual: float | None
    signal: Signal
    points: list[ControlPoint]


class Remarks(TypedDict):
    """Comments at one cell and the features named in it, and how many of them stand in a theme."""

    comments: int
    grouped: int


class Content(TypedDict):
    """A whole report."""

    schema: int
    # Joy of loved_most, loved, let_down, let_down_most.
    points: list[float]
    turnout: Turnout
    mood: Mood
    features: list[FeatureLine]
    areas: list[AreaLine]
    wishes: list[WishLine]
    # Empty in segments, and while the window is open.
    splits: list[Split]
    promises: list[Promise]
    # By side, "loved" and "let_down"; of everyone, once the window is closed.
    remarks: NotRequired[dict[str, Remarks]]
    # Areas of this build through the builds; of everyone.
    moved: NotRequired[list[Control]]
