"""Stores the themes of a report, and counts them again after a correction."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from feedback.reports.domain.folding import DIMENSIONS, FEWEST, OTHER, fold_values
from feedback.reports.domain.themes.finding import Found
from feedback.reports.models import Side, Theme, ThemeRemark, VoteReport

ROWS_AT_A_TIME = 5000
MOST_FEATURES = 3

Faces = dict[str, dict[str, int]]
# Face of each ballot, in the order of DIMENSIONS.
Voices = dict[int, tuple[str, ...]]


def keep(report: VoteReport, side: Side, found: Sequence[Found]) -> None:
    """Store themes with their comments."""
    themes = Theme.objects.bulk_create(_theme(report, side, one) for one in found)
    ThemeRemark.objects.bulk_create(
        (
            ThemeRemark(
                theme=theme,
                ballot_id=remark.ballot,
                place=remark.place,
                words=list(remark.words),
                closeness=closeness,
            )
            for theme, one in zip(themes, found, strict=True)
            for remark, closeness in zip(one.remarks, one.closeness, strict=True)
        ),
        batch_size=ROWS_AT_A_TIME,
    )


def _theme(report: VoteReport, side: Side, found: Found) -> Theme:
    voices = {remark.ballot: remark.face for remark in found.remarks}
    return Theme(
        report=report,
        side=side,
        name=found.anchor.name if found.anchor else "",
        is_ignored=found.anchor.is_ignored if found.anchor else False,
        label=found.label,
        centre=found.centre,
        ballots=len(voices),
        faces=faces(voices),
        features=features((remark.ballot, remark.place) for remark in found.remarks),
        follows=found.follows,
        anchor=_first(found.anchor) if found.anchor else None,
    )


def _first(anchor: Theme) -> Theme:
    """The theme that was corrected first in the line of an anchor."""
    return anchor.anchor or anchor


def faces(voices: Voices) -> Faces:
    """Ballots by segment, as the list of these ballots shows them and no further.

    Not by what is known of the voters: a figure less its list would tell what the list hides.
    """
    found: Faces = {}
    for place, dimension in enumerate(DIMENSIONS):
        sizes = Counter(face[place] for face in voices.values())
        # All of one segment: nothing to fold, and the lists say so too.
        fold = fold_values(sizes) if len(sizes) > 1 else {name: name for name in sizes}
        folded: Counter[str] = Counter()
        for name, shown in fold.items():
            folded[shown] += sizes[name]
        if set(folded) != {OTHER}:
            found[dimension.value] = dict(folded)
    return found


def features(places: Iterable[tuple[int, str]]) -> list[list[int]]:
    """Features that at least five of the ballots speak of, with their number."""
    ballots: defaultdict[int, set[int]] = defaultdict(set)
    for ballot, place in places:
        if place.startswith("feature:"):
            ballots[int(place.removeprefix("feature:"))].add(ballot)
    sizes = sorted(((len(found), pk) for pk, found in ballots.items()), key=lambda x: (-x[0], x[1]))
    return [[pk, size] for size, pk in sizes if size >= FEWEST][:MOST_FEATURES]
