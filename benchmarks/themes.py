"""How well comments are grouped: on labelled ones, against a plain baseline.

``make bench ARGS=themes``. Half of the labelled comments (tune) chose the thresholds, the other
half (test) did not. Comments that belong to no theme are each a theme of their own, and so are
those left ungrouped.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations
from math import log
from pathlib import Path

LABELLED = Path(__file__).parent.parent / "tests" / "data" / "themes.csv"
# Half a theme is seven comments, where a build has hundreds.
FEWEST = 3

Grouping = Callable[[Sequence[str]], list[int | None]]


def by_key_word(comments: Sequence[str]) -> list[int | None]:
    """The baseline: all that share the commonest word are one group, then the next commonest."""
    from feedback.reports.domain.themes.words import tokens

    words = [{word for word in tokens(comment) if word[0] != "#"} for comment in comments]
    groups: list[int | None] = [None] * len(comments)
    for number in range(len(comments)):
        left = [n for n, group in enumerate(groups) if group is None]
        counts = Counter(word for n in left for word in words[n])
        word, times = max(counts.items(), key=lambda each: (each[1], each[0]), default=("", 0))
        if times < FEWEST:
            break
        for n in left:
            groups[n] = number if word in words[n] else None
    return groups


def by_themes(comments: Sequence[str], *, concepts: bool = True) -> list[int | None]:
    """What reports do, with or without the glossary that joins the languages."""
    from feedback.reports.domain.themes.grouping import clusters
    from feedback.reports.domain.themes.space import Space
    from feedback.reports.domain.themes.words import tokens

    said = [
        [word for word in tokens(comment) if concepts or word[0] != "#"] for comment in comments
    ]
    groups: list[int | None] = [None] * len(comments)
    for number, cluster in enumerate(clusters(said, Space(said), fewest=FEWEST)):
        for n in cluster.members:
            groups[n] = number
    return groups


def without_glossary(comments: Sequence[str]) -> list[int | None]:
    return by_themes(comments, concepts=False)


def figures(part: str, grouping: Grouping) -> tuple[float, float, float, int]:
    """Pairwise F1, B-cubed F1, V-measure, and the number of groups."""
    true: list[str] = []
    found: list[str] = []
    with LABELLED.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if part in {row["part"], "all"}]
    for side in ("let_down", "loved"):
        mine = [row for row in rows if row["side"] == side]
        groups = grouping([row["comment"] for row in mine])
        true += [f"{side} {row['theme'] or f'alone {n}'}" for n, row in enumerate(mine)]
        found += [f"{side} {n}" if g is None else f"{side} g{g}" for n, g in enumerate(groups)]
    number = len({name for name in found if " g" in name})
    return pairwise(true, found), b_cubed(true, found), v_measure(true, found), number


def pairwise(true: Sequence[str], found: Sequence[str]) -> float:
    """F1 of saying of two comments that they belong together."""
    pairs = list(combinations(range(len(true)), 2))
    together = {pair for pair in pairs if true[pair[0]] == true[pair[1]]}
    said = {pair for pair in pairs if found[pair[0]] == found[pair[1]]}
    return 2 * len(together & said) / (len(together) + len(said))


def b_cubed(true: Sequence[str], found: Sequence[str]) -> float:
    """A. Bagga and B. Baldwin, COLING-ACL 1998."""
    ours, theirs = _members(true), _members(found)
    shared = [len(ours[a] & theirs[b]) for a, b in zip(true, found, strict=True)]
    precision = sum(s / len(theirs[b]) for s, b in zip(shared, found, strict=True)) / len(true)
    recall = sum(s / len(ours[a]) for s, a in zip(shared, true, strict=True)) / len(true)
    return 2 * precision * recall / (precision + recall)


def v_measure(true: Sequence[str], found: Sequence[str]) -> float:
    """A. Rosenberg and J. Hirschberg, EMNLP-CoNLL 2007."""
    joint = Counter(zip(true, found, strict=True))
    information = _entropy(Counter(true)) + _entropy(Counter(found)) - _entropy(joint)
    return 2 * information / (_entropy(Counter(true)) + _entropy(Counter(found)))


def _members(labels: Sequence[str]) -> dict[str, set[int]]:
    members: defaultdict[str, set[int]] = defaultdict(set)
    for n, label in enumerate(labels):
        members[label].add(n)
    return members


def _entropy(counts: "Counter[str] | Counter[tuple[str, str]]") -> float:
    total = counts.total()
    return -sum(n / total * log(n / total) for n in counts.values())


def run() -> bool:
    """Print the figures; whether themes beat the baseline on comments nothing was chosen by."""
    ways = {
        "one shared key word": by_key_word,
        "no glossary": without_glossary,
        "themes": by_themes,
    }
    reached = {}
    for part in ("tune", "test", "all"):
        for name, way in ways.items():
            pair, cubed, v, number = figures(part, way)
            reached[part, name] = pair
            print(
                f"themes, {part:4}, {name:19}: pairwise F1 {pair:.3f}, B-cubed {cubed:.3f},"
                f" V {v:.3f}, {number} groups",
                flush=True,
            )
    return reached["test", "themes"] > reached["test", "one shared key word"]
