"""Instant run-off: round by round the option with the fewest votes goes out.

S. J. Brams and P. C. Fishburn, "Voting Procedures", Handbook of Social Choice and Welfare, vol. 1
(2002), section 7 (single transferable vote, one seat); D. R. Woodall, "Properties of preferential
election rules", Voting matters 3 (1994). What they leave to the lot is decided by the ballots here,
see `_weakest`; docs/decisions/0040 says why.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.polls.domain.profiles import Profile, first_choices, pairwise


@dataclass(frozen=True)
class Round:
    """One count: votes by option, ballots that rank none of them, and who goes out after it."""

    votes: dict[int, int]
    exhausted: int
    out: tuple[int, ...]


@dataclass(frozen=True)
class Runoff:
    """Every round, and who is left: one winner, or several that are tied."""

    rounds: list[Round]
    winners: tuple[int, ...]

    @property
    def places(self) -> dict[int, int]:
        """1 is best; who went out together is tied."""
        places, next_place = dict.fromkeys(self.winners, 1), 1 + len(self.winners)
        last = set(self.rounds[-1].votes) - set(self.winners)
        by_votes = sorted({self.rounds[-1].votes[option] for option in last}, reverse=True)
        groups = [[o for o in last if self.rounds[-1].votes[o] == votes] for votes in by_votes]
        groups += [list(past.out) for past in reversed(self.rounds[:-1])]
        for group in groups:
            places |= dict.fromkeys(group, next_place)
            next_place += len(group)
        return places


def runoff(options: Sequence[int], profile: Profile) -> Runoff:
    """Count until an option has more than half of the votes that still count.

    Tennessee chooses its capital (the usual example): of 100 ballots 42 say Memphis, Nashville,
    Chattanooga, Knoxville; 26 Nashville, Chattanooga, Knoxville, Memphis; 15 Chattanooga,
    Knoxville, Nashville, Memphis; 17 Knoxville, Chattanooga, Nashville, Memphis. Chattanooga goes
    out, then Nashville, and Knoxville wins by 58 to 42.
    """
    left, ballots = list(options), sum(profile.values())
    rounds: list[Round] = []
    while True:
        votes = first_choices(left, profile)
        counted = sum(votes.values())
        ahead = [option for option in left if 2 * votes[option] > counted]
        out = () if ahead else _weakest(left, votes, profile)
        is_last = bool(ahead) or len(out) == len(left)
        rounds.append(Round(votes, ballots - counted, () if is_last else out))
        if is_last:
            return Runoff(rounds, tuple(ahead or left))
        left = [option for option in left if option not in out]


def _weakest(left: list[int], votes: dict[int, int], profile: Profile) -> tuple[int, ...]:
    """Who goes out: fewest votes; of several with as few, who loses to the others head to head.

    Those that even this cannot tell apart go out together; so do those that together have fewer
    votes than the next one, for then their order changes nothing.
    """
    fewest = min(votes.values())
    tied = [option for option in left if votes[option] == fewest]
    more = [count for count in votes.values() if count > fewest]
    if len(tied) == 1 or (more and fewest * len(tied) < min(more)):
        return tuple(tied)
    preferred = [sum(row) for row in pairwise(tied, profile)]
    return tuple(o for o, n in zip(tied, preferred, strict=True) if n == min(preferred))
