"""Finds the themes of a build's comments; the worker does, when the report is stored."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from community.builds.models import Build
from feedback.reports.domain.folding import FEWEST
from feedback.reports.domain.themes.grouping import Cluster, clusters
from feedback.reports.domain.themes.labels import LabelWord, label, named
from feedback.reports.domain.themes.lexicon import Anchor, lexicon
from feedback.reports.domain.themes.remarks import Remark
from feedback.reports.domain.themes.space import Floats, Space
from feedback.reports.models import Side, Theme, VoteReport

# A theme is the one of an earlier build when their centres are at least this similar.
SAME_ABOVE = 0.45
MOST_THEMES = 40
MOST_WORDS = 30


@dataclass
class Found:
    """A theme before it is stored: its comments with their closeness, and where it comes from."""

    remarks: list[Remark]
    closeness: list[float]
    label: list[LabelWord]
    centre: dict[str, float]
    anchor: Theme | None = None
    follows: Theme | None = None


@dataclass
class _Line:
    """A cluster on its way to a theme."""

    cluster: Cluster
    anchor: Theme | None = None
    splits: Mapping[str, Theme] = field(default_factory=dict)


def find(build: Build, side: Side, said: Sequence[Remark]) -> list[Found]:
    """Themes of one side's comments, the largest first; each has at least five ballots."""
    documents = [remark.words for remark in said]
    space = Space(documents)
    lines = _recognised(clusters(documents, space, fewest=FEWEST), lexicon(build, side), space)
    weights = dict(zip(space.words, space.weights.tolist(), strict=True))
    found = [
        _found(line, said, weights)
        for line in (part for line in lines for part in _split(line, documents))
        if len({said[place].ballot for place in line.cluster.members}) >= FEWEST
    ]
    found.sort(key=lambda theme: -len({remark.ballot for remark in theme.remarks}))
    del found[MOST_THEMES:]
    _follow(found, build, side, space)
    return found


def centre_of(words: Sequence[Sequence[str]]) -> dict[str, float]:
    """The commonest words of comments, with the share that has each."""
    counts = Counter(word for each in words for word in set(each))
    common = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS]
    return {word: round(times / len(words), 4) for word, times in common}


def _found(line: _Line, said: Sequence[Remark], weights: Mapping[str, float]) -> Found:
    remarks = [said[place] for place in line.cluster.members]
    centre = centre_of([remark.words for remark in remarks])
    words = label(centre, weights)
    if line.anchor and line.anchor.split_by:
        words = named([line.anchor.split_by, *centre])
    return Found(remarks, line.cluster.closeness, words, centre, line.anchor)


def _recognised(found: Sequence[Cluster], anchors: Sequence[Anchor], space: Space) -> list[_Line]:
    """Clusters with the anchor each is known by; those of one anchor are one."""
    lines: list[_Line] = []
    of_anchor: dict[int, _Line] = {}
    for cluster in found:
        anchor = _nearest(cluster.centre, anchors, space)
        line = of_anchor.get(anchor.theme.pk) if anchor else None
        if line:
            line.cluster.members += cluster.members
            line.cluster.closeness += cluster.closeness
            continue
        lines.append(_Line(cluster, anchor.theme, anchor.splits) if anchor else _Line(cluster))
        if anchor:
            of_anchor[anchor.theme.pk] = lines[-1]
    return lines


def _nearest(centre: Floats, anchors: Sequence[Anchor], space: Space) -> Anchor | None:
    likeness = [
        max(float(centre @ space.direction(known)) for known in anchor.centres)
        for anchor in anchors
    ]
    best = int(np.argmax(likeness)) if likeness else -1
    return anchors[best] if likeness and likeness[best] >= SAME_ABOVE else None


def _split(line: _Line, documents: Sequence[Sequence[str]]) -> list[_Line]:
    """A line without what was split off it, and that by itself."""
    parts = []
    for word, theme in line.splits.items():
        mine = [n for n, place in enumerate(line.cluster.members) if word in documents[place]]
        parts.append(_Line(_part(line.cluster, mine), theme))
        rest = sorted(set(range(len(line.cluster.members))) - set(mine))
        line = _Line(_part(line.cluster, rest), line.anchor)
    return [line, *parts]


def _part(cluster: Cluster, places: Sequence[int]) -> Cluster:
    return Cluster(
        cluster.centre,
        [cluster.members[n] for n in places],
        [cluster.closeness[n] for n in places],
    )


def _follow(found: Sequence[Found], build: Build, side: Side, space: Space) -> None:
    """Tie themes to those of the build before: the most similar pair first, each once."""
    before = VoteReport.objects.before(build).values("pk")[:1]
    earlier = list(Theme.objects.filter(report__in=before, side=side, merged_into=None))
    known = [space.direction(theme.centre) for theme in earlier]
    pairs = sorted(
        (-_certainty(one, other, float(space.direction(one.centre) @ there)), n, m)
        for n, one in enumerate(found)
        for m, (other, there) in enumerate(zip(earlier, known, strict=True))
    )
    taken: set[int] = set()
    for less, n, m in pairs:
        if -less >= SAME_ABOVE and found[n].follows is None and m not in taken:
            found[n].follows = earlier[m]
            taken.add(m)


def _certainty(one: Found, other: Theme, likeness: float) -> float:
    """What is known by the same anchor is the same."""
    known = one.anchor.pk if one.anchor else None
    return 2.0 if known and known in {other.pk, other.anchor_id} else likeness
