"""Five ways to push an engineer, as ballots added to those of a world (award-method §6)."""

from collections.abc import Iterable

import numpy as np

from .columns import Ints
from .inputs import FULL_TRUST_DAYS, MOST_NAMED
from .world import HOURS, NEWCOMER_DAYS, VOTERS, Votes, World, draw_ages, draw_hours

FAKES = 0.02
ATTACKS = ("A", "B", "C", "D", "E")
CROWD_HOURS, DAY_HOURS = 2, 24
# The ring agrees on so many features, of those that the best others lead, to be let down by.
RIVALS, DOWNED = 3, 2


def pick_pushed(world: World, attack: str) -> int | None:
    """Return the middle engineer by truth; for E a middle one with a single feature, or None."""
    by_truth = [int(engineer) for engineer in np.argsort(-world.truth)]
    half = len(by_truth) // 2
    for engineer in by_truth[half - 1 : half + 1]:
        if attack != "E" or np.count_nonzero(world.shares[:, engineer]) == 1:
            return engineer
    return None


def add_fakes(
    random: np.random.Generator, world: World, honest: Votes, attack: str, pushed: int
) -> Votes:
    """Return the honest votes followed by those of an attack for one engineer.

    A: new accounts within two hours. B: half of the accounts aged, over a day, copies of others'
    ballots with the attack in front. C: aged accounts when others vote, praise alone. D: C with
    let-downs on rivals, as A and B have them. E: C, for an engineer with a single feature.
    """
    fakes = round(FAKES * len(honest.hour))
    copied = random.integers(len(honest.hour), size=fakes)
    praise = [_work(world, pushed)] * fakes
    blame = [_blame(random, world, pushed) if attack in "ABD" else []] * fakes
    if attack == "B":
        named = [{*loved, *downed} for loved, downed in zip(praise, blame, strict=True)]
        praise = _topped_up(praise, honest.loved[copied], named)
        blame = _topped_up(blame, honest.let_down[copied], named)
    forged = Votes(
        age_days=_ages(random, attack, fakes),
        hour=_hours(random, attack, fakes),
        segment=random.choice(len(VOTERS), size=fakes, p=VOTERS),
        loved=_cells(praise),
        let_down=_cells(blame),
    )
    return honest.followed_by(forged)


def _ages(random: np.random.Generator, attack: str, fakes: int) -> Ints:
    aged = FULL_TRUST_DAYS + draw_ages(random, fakes)
    new = random.integers(0, NEWCOMER_DAYS, fakes)
    is_new = {"A": np.ones(fakes, dtype=bool), "B": np.arange(fakes) < fakes // 2}
    return np.where(is_new.get(attack, False), new, aged)


def _hours(random: np.random.Generator, attack: str, fakes: int) -> Ints:
    span = {"A": CROWD_HOURS, "B": DAY_HOURS}.get(attack)
    if span is None:
        return draw_hours(random, fakes, burst=0)
    return random.integers(HOURS - span) + random.integers(0, span, fakes)


def _work(world: World, engineer: int) -> list[int]:
    """The engineer's features, the largest share first."""
    shares = world.shares[:, engineer]
    return [int(feature) for feature in np.argsort(-shares, kind="stable") if shares[feature] > 0]


def _blame(random: np.random.Generator, world: World, pushed: int) -> list[int]:
    """Some features that the best of the others lead and the pushed has no part in."""
    best = [int(engineer) for engineer in np.argsort(-world.truth) if engineer != pushed]
    is_led = np.isin(world.shares.argmax(axis=1), best[:RIVALS])
    features = np.flatnonzero(is_led & (world.shares[:, pushed] == 0))
    return [int(feature) for feature in random.permutation(features)[:DOWNED]]


def _topped_up(cells: list[list[int]], copied: Ints, named: list[set[int]]) -> list[list[int]]:
    """Each cell followed by those copied features that the ballot does not name yet."""
    return [
        [*cell, *(int(feature) for feature in row if feature >= 0 and feature not in taken)]
        for cell, row, taken in zip(cells, copied, named, strict=True)
    ]


def _cells(ballots: Iterable[list[int]]) -> Ints:
    """Features of one cell as rows of five, -1 for none."""
    return np.array([[*cell, *[-1] * MOST_NAMED][:MOST_NAMED] for cell in ballots])
