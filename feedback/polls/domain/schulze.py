"""The Schulze method: the strongest chain of head-to-head wins decides.

M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
single-winner election method", Social Choice and Welfare 36 (2011), 267-303. The strength of a
win is the number of ballots behind it ("winning votes").
"""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.polls.domain.profiles import Profile, pairwise

Table = list[list[int]]


@dataclass(frozen=True)
class Schulze:
    """Rows and columns of both tables are in the order of `options`.

    `pairs`: ballots that prefer the row; `strengths`: the weakest win of the strongest chain of
    wins from row to column, 0 where there is none. `places`: 1 is best, equal ones are tied.
    """

    options: Sequence[int]
    pairs: Table
    strengths: Table
    places: dict[int, int]

    @property
    def winners(self) -> list[int]:
        return [option for option in self.options if self.places[option] == 1]


def schulze(options: Sequence[int], profile: Profile) -> Schulze:
    """Who wins, and the place of everybody else.

    The 45 ballots of the example in the encyclopedia's article on the method (five ACBED, five
    ADECB, eight BEDAC, three CABED, seven CAEBD, two CBADE, seven DCEBA, eight EBADC) give E
    before A, C, B and D.
    """
    pairs = pairwise(options, profile)
    strong = strengths(pairs)
    numbers = range(len(options))
    places = {
        option: 1 + sum(strong[other][n] > strong[n][other] for other in numbers)
        for n, option in enumerate(options)
    }
    return Schulze(options, pairs, strong, places)


def strengths(pairs: Table) -> Table:
    """The strongest chains by Floyd and Warshall: n³ steps, 27 000 for 30 options."""
    numbers = range(len(pairs))
    strong = [[pairs[i][j] if pairs[i][j] > pairs[j][i] else 0 for j in numbers] for i in numbers]
    for via in numbers:
        for i in numbers:
            for j in numbers:
                if i not in (via, j) and j != via:
                    strong[i][j] = max(strong[i][j], min(strong[i][via], strong[via][j]))
    return strong
