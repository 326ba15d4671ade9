"""Voters' segments, folded so that no open ballot stands among fewer than five."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from .inputs import Ballot, Header, Segment

FEWEST_VOTERS = 5
OTHER = "other"
# What voters without a known segment stand under in a report, by which it folds.
UNKNOWN = "unknown"


def fold_segments(header: Header, ballots: Sequence[Ballot]) -> tuple[Header, list[Ballot]]:
    """Return header and ballots with every small or unknown segment called "other"."""
    header, names = fold(header, Counter(ballot.segment for ballot in ballots))
    return header, [_moved(ballot, names[ballot.segment]) for ballot in ballots]


def fold(header: Header, given: Mapping[str, int]) -> tuple[Header, dict[str, str]]:
    """The header with its folded segments, and what each segment is called now.

    ``given`` are voters by segment. A segment of fewer than five voters is folded; while "other"
    itself has one to four voters, the next smallest joins it. So far it is what a vote report
    folds, whatever the installed base is: what that one tells together is nowhere told apart. Then
    a segment without a share of the installed base is folded. Without any all voters are one
    segment, named "".
    """
    if not header.segments:
        return header, dict.fromkeys(given, "")
    shares = {segment.name: segment.share for segment in header.segments}
    voters = Counter(given)
    by_size = sorted(
        shares.keys() | voters.keys(), key=lambda name: (voters[name], name or UNKNOWN)
    )
    folded = {name for name in by_size if voters[name] < FEWEST_VOTERS} | {OTHER}
    for name in by_size:
        if not 0 < sum(voters[small] for small in folded) < FEWEST_VOTERS:
            break
        folded.add(name)
    folded |= voters.keys() - shares.keys()
    kept = tuple(segment for segment in header.segments if segment.name not in folded)
    other = 1 - sum((segment.share for segment in kept), Decimal(0))
    if other or any(voters[name] for name in folded):
        kept += (Segment(OTHER, other),)
    names = {name: OTHER if name in folded else name for name in by_size}
    return replace(header, segments=kept), names


def _moved(ballot: Ballot, segment: str) -> Ballot:
    return ballot if ballot.segment == segment else replace(ballot, segment=segment)
