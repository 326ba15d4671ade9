"""The same report for each segment that is large enough to be told apart."""

from collections.abc import Iterator
from typing import NamedTuple

from feedback.reports.domain.catalogue import Catalogue
from feedback.reports.domain.composing import compose
from feedback.reports.domain.content import Content
from feedback.reports.domain.counting import Counted
from feedback.reports.domain.folding import DIMENSIONS, OTHER, Folds, value
from feedback.reports.models import Dimension


class Slice(NamedTuple):
    """What one segment says; at least five ballots."""

    dimension: Dimension
    value: str
    content: Content


def slices(counted: Counted, catalogue: Catalogue, folds: Folds) -> Iterator[Slice]:
    """Every slice of every dimension that has at least two."""
    for dimension in DIMENSIONS:
        fold = folds[dimension]
        if set(fold.values()) <= {OTHER}:
            continue
        labels = [fold[value(voters, dimension)] for voters in counted.groups]
        for name, answers in sorted(counted.by(labels).items()):
            yield Slice(dimension, name, compose(answers, catalogue))
