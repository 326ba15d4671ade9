"""Five ways to push an engineer, as ballots added to those of a world (award-method §6)."""

from dataclasses import fields

import numpy as np

from .columns import Floats, Ints
from .inputs import MOST_NAMED
from .world import HOURS, VOTERS, Votes, World, draw_ages, draw_hours

FAKES = 0.02
RIVALS = 3
ATTACKS = ("A", "B", "C", "D", "E")


def target(world: World, attack: str) -> int | None:
    """The mid-ranked engineer to push; for E one with a single feature, if there is any."""
    by_truth = np.argsort(-world.truth)
    if attack == "E":
        by_truth = by_truth[(world.shares > 0).sum(axis=0)[by_truth] == 1]
        middle = [at for at in by_truth if at in np.argsort(-world.truth)[3:9]]
        return int(middle[len(middle) // 2]) if middle else None
    return int(by_truth[len(by_truth) // 2 - 1])


def add_fakes(
    random: np.random.Generator, world: World, honest: Votes, attack: str, pushed: int
) -> Votes:
    """Return the honest votes followed by those of an attack for one engineer."""
    fakes = round(FAKES * len(honest.hour))
    make = {"A": _crowd, "B": _camouflaged}.get(attack, _organic)
    forged = make(random, world, honest, fakes, pushed)
    if attack == "D":
        forged.let_down[:] = _cell(_rivals(world, pushed))
    return Votes(
        **{
            field.name: np.concatenate([getattr(honest, field.name), getattr(forged, field.name)])
            for field in fields(Votes)
        }
    )


def _crowd(random, world, honest, fakes, pushed) -> Votes:
    """A: new accounts, all within two hours."""
    start = int(random.integers(HOURS - 1))
    return Votes(
        age_days=random.integers(0, 14, fakes),
        hour=random.integers(start, start + 2, fakes),
        segment=random.choice(len(VOTERS), size=fakes, p=VOTERS),
        loved=np.tile(_cell(_work(world, pushed)), (fakes, 1)),
        let_down=np.full((fakes, MOST_NAMED), -1),
    )


def _camouflaged(random, world, honest, fakes, pushed) -> Votes:
    """B: half of the accounts aged, over a day, copies of others' ballots with the pushed in front."""
    start = int(random.integers(HOURS - 23))
    ages = draw_ages(random, fakes)
    ages[: fakes // 2] = random.integers(0, 14, fakes // 2)
    copied = random.integers(len(honest.hour), size=fakes)
    work = _work(world, pushed)
    loved = np.array([_cell([*work, *rest]) for rest in _without(honest.loved[copied], work)])
    let_down = np.array([_cell(rest) for rest in _without(honest.let_down[copied], work)])
    return Votes(
        age_days=ages,
        hour=random.integers(start, start + 24, fakes),
        segment=honest.segment[copied],
        loved=loved.reshape(fakes, MOST_NAMED),
        let_down=let_down.reshape(fakes, MOST_NAMED),
    )


def _organic(random, world, honest, fakes, pushed) -> Votes:
    """C (and D, E): aged accounts that vote when others do, praise only."""
    return Votes(
        age_days=random.permutation(draw_ages(random, 4 * fakes))[:fakes] + 30,
        hour=draw_hours(random, fakes, burst=0),
        segment=random.choice(len(VOTERS), size=fakes, p=VOTERS),
        loved=np.tile(_cell(_work(world, pushed)), (fakes, 1)),
        let_down=np.full((fakes, MOST_NAMED), -1),
    )


def _work(world: World, engineer: int) -> list[int]:
    """The engineer's features, the largest share first."""
    shares = world.shares[:, engineer]
    return [int(feature) for feature in np.argsort(-shares, kind="stable") if shares[feature] > 0]


def _rivals(world: World, pushed: int) -> list[int]:
    """What the best of the others lead and the pushed has no part in."""
    best = [int(at) for at in np.argsort(-world.truth) if at != pushed][:RIVALS]
    return [
        feature
        for rival in best
        for feature in _work(world, rival)
        if world.shares[feature].argmax() == rival and not world.shares[feature, pushed]
    ]


def _without(cells: Ints, work: list[int]) -> list[list[int]]:
    return [[int(at) for at in cell if at >= 0 and at not in work] for cell in cells]


def _cell(features: list[int]) -> Ints:
    """At most five features as a row of a cell."""
    row = np.full(MOST_NAMED, -1)
    row[: len(features[:MOST_NAMED])] = features[:MOST_NAMED]
    return row
