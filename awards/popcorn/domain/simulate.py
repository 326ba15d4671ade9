"""What the award achieves where the truth is known: worlds drawn, attacked and judged."""

from typing import NamedTuple

import numpy as np

from .attacks import ATTACKS, add_fakes, pick_pushed
from .columns import Columns, Floats
from .inputs import LOVED, LOVED_MOST
from .integrity import Weights
from .result import compute
from .score import effective_counts, engineer_scores, feature_joy, fit
from .sums import Sums
from .world import AUDIENCE, JOY_POINTS, World, draw_votes, draw_world, header

# "few" is a clean week with a tenth of the voters.
ROWS = ("clean", *ATTACKS, "few")
FEWER = 10
# With so many times more voters chance is gone, and what is left is what the votes converge to.
MANY = 10
WILSON = 1.96


class Seen(NamedTuple):
    """What one world showed; shares and probabilities, 0 or 1 for yes and no, nan for not asked.

    ``…_right``: the best engineer by truth is named, ``…_pushed``: the attack's engineer is; by the
    highest score (``first``) or as one of the award's winners, co-winners included (``winners``).
    ``said`` is the P(best) the award gives its winners together; ``true``: the highest score of ten
    times as many voters belongs to one of them. ``lost`` is the honest voters' weight that the
    discount takes.
    """

    mean_right: float
    wilson_right: float
    loves_right: float
    first_right: float
    winners_right: float
    mean_pushed: float
    first_pushed: float
    winners_pushed: float
    said: float
    true: float
    lost: float


def see(row: str, *, voters: int, seed: int, number: int) -> Seen:
    """Draw world ``number`` of a row and judge it; the same arguments give the same world."""
    random = np.random.default_rng([seed, ROWS.index(row), number])
    world, pushed = _draw(random, row)
    honest = draw_votes(random, world, voters // FEWER if row == "few" else voters)
    votes = honest
    if pushed is not None:
        votes = add_fakes(random, world, honest, row, pushed)
    columns = votes.columns()
    result = compute(header(world), columns, random.bytes(32))
    first, winners = result.places[0].engineer, result.outcome.winners
    best = int(world.truth.argmax())
    mean, wilson, loves = (int(scores.argmax()) for scores in baselines(world, columns))
    return Seen(
        mean_right=mean == best,
        wilson_right=wilson == best,
        loves_right=loves == best,
        first_right=first == best,
        winners_right=best in winners,
        mean_pushed=np.nan if pushed is None else mean == pushed,
        first_pushed=np.nan if pushed is None else first == pushed,
        winners_pushed=np.nan if pushed is None else pushed in winners,
        said=sum(float(place.p_best) for place in result.places if place.is_winner),
        true=_converged(random, world, voters) in winners if row == "clean" else np.nan,
        lost=_lost(result.weights, len(honest.hour)),
    )


def baselines(world: World, columns: Columns) -> tuple[Floats, Floats, Floats]:
    """Other ways to score engineers, E each: mean joy, Wilson's lower bound, first-place loves.

    The mean is of the features' raw means by share; Wilson's bound is of the share of loves (95 %,
    Wilson 1927); first-place loves count in full for everyone credited.
    """
    shares = world.shares
    verdicts = np.bincount(columns.feature * 4 + columns.verdict, minlength=4 * len(shares))
    counts = verdicts.reshape(-1, 4)
    joy = (counts * JOY_POINTS).sum(axis=1) / np.maximum(counts.sum(axis=1), 1)
    votes = np.maximum((shares * counts.sum(axis=1)[:, None]).sum(axis=0), 1)
    loved = (shares * counts[:, LOVED:].sum(axis=1)[:, None]).sum(axis=0) / votes
    slack = WILSON**2 / votes
    center = loved + slack / 2
    spread = np.sqrt(slack * (loved * (1 - loved) + slack / 4))
    return (
        (shares * joy[:, None]).sum(axis=0) / shares.sum(axis=0),
        (center - spread) / (1 + slack),
        ((shares > 0) * counts[:, LOVED_MOST][:, None]).sum(axis=0).astype(np.float64),
    )


def _draw(random: np.random.Generator, row: str) -> tuple[World, int | None]:
    """A world and whom the row's attack pushes; worlds without such an engineer are passed over."""
    world = draw_world(random)
    if row not in ATTACKS:
        return world, None
    while (pushed := pick_pushed(world, row)) is None:
        world = draw_world(random)
    return world, pushed


def _converged(random: np.random.Generator, world: World, voters: int) -> int:
    """Who has the highest score when so many vote that chance hardly matters."""
    columns = draw_votes(random, world, MANY * voters).columns()
    model = fit(
        effective_counts(Sums.of(columns, np.ones(columns.ballot_count, dtype=np.int64))),
        shares=np.array(AUDIENCE),
        joy=JOY_POINTS,
    )
    return int(engineer_scores(header(world), feature_joy(model)).argmax())


def _lost(weights: Weights, honest: int) -> float:
    kept = weights.weight[:honest].sum() / weights.undiscounted[:honest].sum()
    return float(1 - kept)
