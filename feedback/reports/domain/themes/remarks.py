"""The comments of a build that tell what was loved and what let people down."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from community.builds.models import Build
from feedback.fourgrid.models import Ballot
from feedback.reports.domain.counting import Voters
from feedback.reports.domain.folding import DIMENSIONS, OTHER, value
from feedback.reports.domain.themes.words import FEATURE, tokens
from feedback.reports.models import Side, VoterGroup

ROWS_AT_A_TIME = 5000

# For each group of voters: bits of the dimensions that lists may show.
Shown = Mapping[Voters, int]


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment, without its voter."""

    ballot: int
    place: str
    words: tuple[str, ...]
    # What lists show of its voter's segments, in the order of DIMENSIONS.
    face: tuple[str, ...]


def remarks(build: Build, shown: Shown) -> dict[Side, list[Remark]]:
    """Comments at cells 2 and 3 and at the features named there, in the order of ballots."""
    found: dict[Side, list[Remark]] = {side: [] for side in Side}
    ballots = Ballot.objects.filter(build=build).counted().exclude(comments={})
    rows = (
        ballots.with_verification()
        .order_by("pk")
        .values_list("pk", "comments", "loved", "let_down", *Voters._fields)
    )
    for pk, comments, loved, let_down, *voters in rows.iterator(chunk_size=ROWS_AT_A_TIME):
        face = face_of(Voters(*voters), shown.get(Voters(*voters), 0))
        named = {Side.LOVED: loved, Side.LET_DOWN: let_down}
        for side, place in _places(comments, named):
            words = tuple(tokens(comments[place])) + _feature(place)
            found[side].append(Remark(pk, place, words, face))
    return found


def face_of(voters: Voters, bits: int) -> tuple[str, ...]:
    """What a row in a list says of its voter."""
    return tuple(
        value(voters, dimension) if bits & VoterGroup.BITS[dimension] else OTHER
        for dimension in DIMENSIONS
    )


def _places(
    comments: Mapping[str, str], named: Mapping[Side, list[int]]
) -> Iterator[tuple[Side, str]]:
    for place in sorted(comments):
        for side in Side:
            if place == side or place in {f"feature:{pk}" for pk in named[side]}:
                yield side, place


def _feature(place: str) -> tuple[str, ...]:
    """A comment at a feature speaks of it, even if it only says "too slow"."""
    return (FEATURE + place.removeprefix("feature:"),) if place.startswith("feature:") else ()
