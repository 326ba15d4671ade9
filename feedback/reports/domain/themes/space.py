"""Comments as directions: the rarer a word, the more it counts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from feedback.reports.domain.themes.words import CONCEPT, FEATURE

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]

# A thing named counts more than the word for it: languages meet in things alone.
CONCEPT_WEIGHT = 1.3


class Space:
    """The words of many comments, weighed by how few comments have them (TF–IDF).

    G. Salton and C. Buckley, Information Processing & Management 24 (1988).
    """

    def __init__(self, documents: Sequence[Iterable[str]]) -> None:
        found = Counter(word for words in documents for word in words)
        self.words = sorted(found)
        self.places = {word: place for place, word in enumerate(self.words)}
        self.weights = np.array(
            [
                (log((1 + len(documents)) / (1 + found[word])) + 1)
                * (CONCEPT_WEIGHT if word.startswith(CONCEPT) else 1.0)
                for word in self.words
            ]
        )

    def rows(self, documents: Sequence[Sequence[str]]) -> "csr_array[Any]":
        """One row of length 1 for each document, n × words."""
        from scipy.sparse import csr_array

        places = [[self.places[word] for word in words] for words in documents]
        columns = np.array([place for row in places for place in row], dtype=np.int32)
        ends = np.cumsum([0, *map(len, places)])
        values = self.weights[columns]
        lengths = [sqrt(sum(self.weights[row] ** 2)) or 1.0 for row in places]
        values = values / np.repeat(lengths, np.diff(ends))
        return csr_array((values, columns, ends), shape=(len(documents), len(self.words)))

    def direction(self, centre: Mapping[str, float]) -> Floats:
        """A remembered centre in these words, of length 1; words unknown here are left out."""
        found = np.zeros(len(self.words))
        for word, share in centre.items():
            if word in self.places and not word.startswith(FEATURE):
                found[self.places[word]] = share * self.weights[self.places[word]]
        return unit(found)


def unit(vector: Floats) -> Floats:
    """The same direction, of length 1."""
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
