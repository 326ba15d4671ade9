"""What the ballots of a poll say together, and the questions every method asks of it."""

from collections.abc import Iterable, Mapping, Sequence

# Options from the one liked best downwards; those left out stand below them, side by side.
Ranking = tuple[int, ...]
# How many ballots hold each ranking. Single and several choices are sets, in any fixed order.
Profile = Mapping[Ranking, int]


def pairwise(options: Sequence[int], profile: Profile) -> list[list[int]]:
    """How many ballots prefer the option of each row to that of each column; 0 on the diagonal."""
    index = {option: n for n, option in enumerate(options)}
    pairs = [[0] * len(options) for _ in options]
    for ranking, ballots in profile.items():
        ranked = [index[option] for option in ranking if option in index]
        below = set(index.values())
        for better in ranked:
            below.discard(better)
            for worse in below:
                pairs[better][worse] += ballots
    return pairs


def first_choices(options: Iterable[int], profile: Profile) -> dict[int, int]:
    """How many ballots like each option best of these; ballots that rank none are left out."""
    counts = dict.fromkeys(options, 0)
    for ranking, ballots in profile.items():
        first = next((option for option in ranking if option in counts), None)
        if first is not None:
            counts[first] += ballots
    return counts


def approvals(options: Iterable[int], profile: Profile) -> dict[int, int]:
    """How many ballots name each option, wherever it stands."""
    counts = dict.fromkeys(options, 0)
    for ranking, ballots in profile.items():
        for option in ranking:
            counts[option] += ballots
    return counts
