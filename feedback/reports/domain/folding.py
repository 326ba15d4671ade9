"""What a report may say of its voters' segments without pointing at anybody: five at least.

Two folds. *Slices* are sums over one dimension: values of fewer than five ballots become "other",
and so does the smallest of the others while "other" itself is fewer than five – else the whole
less the shown ones would give it away. *Groups* say which dimensions a single row of a list may
show: together they fit at least five ballots, or they are not all shown.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from feedback.reports.domain.counting import Voters
from feedback.reports.models import Dimension, VoterGroup

FEWEST = 5
OTHER = "other"
UNKNOWN = "unknown"

DIMENSIONS = tuple(Dimension)
# What a list stops saying first: it tells most and is asked for least.
HIDE_IN_TURN = (Dimension.REGION, Dimension.LEVEL, Dimension.FAMILY, Dimension.VERIFIED)

# For each dimension: the slice that each of its values belongs to.
Folds = dict[Dimension, dict[str, str]]


def value(voters: Voters, dimension: Dimension) -> str:
    """A segment by the name it has in addresses and content."""
    match dimension:
        case Dimension.FAMILY:
            return voters.family or UNKNOWN
        case Dimension.LEVEL:
            return str(voters.level)
        case Dimension.REGION:
            return voters.region or UNKNOWN
        case _:
            return "yes" if voters.is_verified else "no"


def fold_values(ballots: Mapping[str, int]) -> dict[str, str]:
    """The slice that each value of a dimension belongs to, from the ballots of each value.

    Every slice has at least five ballots; without two such slices there is nothing to tell apart,
    and all is "other".
    """
    by_size = sorted((size, name) for name, size in ballots.items() if name != OTHER)
    folded = [name for size, name in by_size if size < FEWEST]
    rest = [name for size, name in by_size if size >= FEWEST]
    inside = sum(ballots[name] for name in folded) + ballots.get(OTHER, 0)
    while rest and 0 < inside < FEWEST:
        smallest = rest.pop(0)
        folded.append(smallest)
        inside += ballots[smallest]
    if len(rest) + (inside > 0) < 2:  # noqa: PLR2004 - two sides
        rest = []
    return {name: name if name in rest else OTHER for name in ballots}


def fold_dimensions(groups: Mapping[Voters, int]) -> Folds:
    """The slice of each value of each dimension."""
    folds: Folds = {}
    for dimension in DIMENSIONS:
        ballots: Counter[str] = Counter()
        for voters, size in groups.items():
            ballots[value(voters, dimension)] += size
        folds[dimension] = fold_values(ballots)
    return folds


def fold_groups(groups: Mapping[Voters, int], folds: Folds) -> list[int]:
    """Bits of the dimensions that a list may show of each group, in the order of ``groups``.

    Rows that show the same are at least five, or show nothing. And for every segment, so are its
    ballots that do not show it: else a slice less a list would say what a handful voted.
    """
    voters, sizes = list(groups), list(groups.values())
    shown = [_showable(group, folds) for group in voters]
    _hide_small(voters, sizes, shown)
    _hide_leftovers(voters, sizes, shown)
    return shown


def _showable(voters: Voters, folds: Folds) -> int:
    return sum(
        VoterGroup.BITS[dimension]
        for dimension in DIMENSIONS
        if folds[dimension][value(voters, dimension)] != OTHER
    )


def _face(voters: Voters, shown: int) -> tuple[str, ...]:
    """What a row says of its voter."""
    return tuple(
        value(voters, dimension) if shown & VoterGroup.BITS[dimension] else OTHER
        for dimension in DIMENSIONS
    )


def _faces(
    voters: Sequence[Voters], sizes: Sequence[int], shown: Sequence[int], places: Iterable[int]
) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for place in places:
        found[_face(voters[place], shown[place])] += sizes[place]
    return found


def _hide_small(voters: Sequence[Voters], sizes: Sequence[int], shown: list[int]) -> None:
    """Hide one dimension after the other of the groups that are still too few."""
    left = list(range(len(voters)))
    for dimension in HIDE_IN_TURN:
        faces = _faces(voters, sizes, shown, left)
        left = [n for n in left if faces[_face(voters[n], shown[n])] < FEWEST]
        for n in left:
            shown[n] &= ~VoterGroup.BITS[dimension]
    # Those that show nothing hide among each other, or take the smallest group with them.
    faces = _faces(voters, sizes, shown, range(len(voters)))
    hidden = (OTHER,) * len(DIMENSIONS)
    while 0 < faces[hidden] < FEWEST and len(faces) > 1:
        smallest = min((size, face) for face, size in faces.items() if face != hidden)[1]
        for n in range(len(voters)):
            if _face(voters[n], shown[n]) == smallest:
                shown[n] = 0
        faces[hidden] += faces.pop(smallest)


def _hide_leftovers(voters: Sequence[Voters], sizes: Sequence[int], shown: list[int]) -> None:
    """Hide a segment's smallest group too, where fewer than five of its ballots are hidden."""
    for dimension in DIMENSIONS:
        bit = VoterGroup.BITS[dimension]
        hidden: Counter[str] = Counter()
        for n, size in enumerate(sizes):
            hidden[value(voters[n], dimension)] += 0 if shown[n] & bit else size
        for name in [name for name, size in hidden.items() if 0 < size < FEWEST]:
            having = [
                n
                for n in range(len(voters))
                if shown[n] & bit and value(voters[n], dimension) == name
            ]
            faces = _faces(voters, sizes, shown, having)
            if faces:
                smallest = min((size, face) for face, size in faces.items())[1]
                for n in having:
                    if _face(voters[n], shown[n]) == smallest:
                        shown[n] &= ~bit
