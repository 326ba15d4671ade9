"""Clusters of comments that lie close together."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np

from feedback.reports.domain.themes.space import Floats, Space, unit

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Average linkage (UPGMA): two clusters join while their comments are this close on average.
# Chosen on one half of the labelled comments; docs/decisions/0054 has the figures.
JOIN_WITHIN = 0.86
# A comment left alone goes to the nearest cluster that is at least this similar.
ADOPT_ABOVE = 0.2
# Joining pair by pair takes the square of their number: the most said are joined, others adopted.
MOST_JOINED = 3000
AT_A_TIME = 20_000

Words = Sequence[str]


@dataclass
class Cluster:
    """Comments that speak of one thing: their positions, and how near each is to the centre."""

    centre: Floats
    members: list[int] = field(default_factory=list)
    closeness: list[float] = field(default_factory=list)


def clusters(documents: Sequence[Words], space: Space, *, fewest: int) -> list[Cluster]:
    """Group documents; those without words or company are in none. Large clusters come first."""
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, words in enumerate(documents):
        if words:
            places[tuple(sorted(words))].append(place)
    if not places:
        return []
    # The same words are one comment said often.
    distinct = sorted(places, key=lambda words: (-len(places[words]), _by_chance(words)))
    said = np.array([len(places[words]) for words in distinct])
    rows = space.rows(distinct)
    found = [Cluster(centre) for centre in _centres(rows[:MOST_JOINED], said, fewest)]
    _adopt(found, rows, [places[words] for words in distinct])
    return sorted(found, key=lambda cluster: (-len(cluster.members), cluster.members))


def _by_chance(words: tuple[str, ...]) -> bytes:
    return sha256("\n".join(words).encode()).digest()


def _centres(rows: "csr_array[Any]", said: "np.ndarray[Any, Any]", fewest: int) -> list[Floats]:
    """Where clusters of at least ``fewest`` comments lie."""
    labels = np.array(_joined(rows))
    sizes = Counter[int]()
    for label, times in zip(labels, said, strict=False):
        sizes[int(label)] += int(times)
    return [
        unit(said[mine] @ rows[mine].toarray())
        for label in sorted(label for label, size in sizes.items() if size >= fewest)
        for mine in [np.flatnonzero(labels == label)]
    ]


def _joined(rows: "csr_array[Any]") -> list[int]:
    """The cluster of each row, joined pair by pair."""
    # Not with the module: web processes never group.
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if rows.shape[0] == 1:
        return [1]
    apart = 1 - np.clip((rows @ rows.T).toarray(), 0, 1)
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform(apart, checks=False), method="average")
    return [int(label) for label in fcluster(tree, JOIN_WITHIN, criterion="distance")]


def _adopt(found: list[Cluster], rows: "csr_array[Any]", places: list[list[int]]) -> None:
    """Give every comment to the nearest centre, unless none is near."""
    if not found:
        return
    centres = np.stack([cluster.centre for cluster in found])
    for start in range(0, rows.shape[0], AT_A_TIME):
        near = rows[start : start + AT_A_TIME] @ centres.T
        best = near.argmax(axis=1)
        for offset, (cluster, close) in enumerate(zip(best, near.max(axis=1), strict=True)):
            if close >= ADOPT_ABOVE:
                same = places[start + offset]
                found[cluster].members += same
                found[cluster].closeness += [round(float(close), 4)] * len(same)
