"""A made-up build with engineers, features and voters, of which the truth is known.

The world of award-method §6. H segments (the first the larger part of the audience, the second of
the voters), F features, E engineers, N voters; opinions are cut into the four verdicts.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from .columns import Bools, Columns, Floats, Ints
from .inputs import (
    FULL_TRUST_DAYS,
    LET_DOWN,
    LET_DOWN_MOST,
    LOVED,
    LOVED_MOST,
    MOST_NAMED,
    Credit,
    Engineer,
    Feature,
    Header,
    Segment,
)

ENGINEERS, FEATURES = 12, 20
SKILL, APPEAL, TASTE, LENIENCY, LOADING = 0.30, 0.25, 0.30, 0.45, 0.2
OTHERS = (0.45, 0.35, 0.20)
AUDIENCE, VOTERS = (0.8, 0.2), (0.4, 0.6)
SEGMENT_LENIENCY = np.array([0.15, -0.20])
CUTS, JOY_POINTS = (-1.3, -0.25, 0.75), np.array([0.0, 30.0, 70.0, 100.0])
EXPOSURE, EXPOSURE_SPREAD, EXPOSURE_RANGE = 0.08, 1.2, (0.002, 0.9)
SEGMENT_EXPOSURE = np.array([0.8, 1.6])
OPINION_EXPOSURE = np.array([1.0, 0.8, 0.7, 1.0])
EXPOSURE_NOISE = 0.4
AGE, AGE_SPREAD, NEWCOMERS, NEWCOMER_DAYS = 300, 0.9, 0.04, 14
HOURS, BURST = 103, 0.08
OPENS, EVENING, FADE = 17, 20, 30


@dataclass(frozen=True, eq=False)
class World:
    """What is true of one build.

    ``shares`` F×E, ``appeal`` F, ``taste`` and ``exposure`` H×F, ``loadings`` F×2, and ``truth`` E:
    the engineers' mean joy over the real audience.
    """

    shares: Floats
    appeal: Floats
    taste: Floats
    exposure: Floats
    loadings: Floats
    truth: Floats


@dataclass(frozen=True, eq=False)
class Votes:
    """Ballots of a world: N ages, hours and segments; features of two cells, N×5, -1 for none."""

    age_days: Ints
    hour: Ints
    segment: Ints
    loved: Ints
    let_down: Ints

    def followed_by(self, other: "Votes") -> "Votes":
        """Both ballots as one election."""
        return Votes(
            np.concatenate([self.age_days, other.age_days]),
            np.concatenate([self.hour, other.hour]),
            np.concatenate([self.segment, other.segment]),
            np.concatenate([self.loved, other.loved]),
            np.concatenate([self.let_down, other.let_down]),
        )

    def columns(self) -> Columns:
        """The votes as the award counts them."""
        cells = np.stack([self.loved, self.let_down], axis=1)
        ballot, cell, rank = np.nonzero(cells >= 0)
        liked = np.where(rank == 0, LOVED_MOST, LOVED)
        disliked = np.where(rank == 0, LET_DOWN_MOST, LET_DOWN)
        return Columns(
            feature_count=FEATURES,
            segment_count=len(VOTERS),
            age_days=np.minimum(self.age_days, FULL_TRUST_DAYS),
            hour=self.hour,
            segment=self.segment,
            ballot=ballot,
            feature=cells[ballot, cell, rank],
            verdict=np.where(cell == 0, liked, disliked),
        )


def draw_world(random: np.random.Generator) -> World:
    """Draw engineers, features and their reception."""
    return draw_reception(random, _draw_shares(random))


def draw_reception(random: np.random.Generator, shares: Floats) -> World:
    """Draw how a build whose credits are known (F×E, each row sums to 1) is received."""
    features, engineers = shares.shape
    skill = random.normal(0, SKILL, engineers)
    appeal = (shares * skill).sum(axis=1) + random.normal(0, APPEAL, features)
    taste = np.stack([np.zeros(features), random.normal(0, TASTE, features)])
    exposure = EXPOSURE * np.exp(random.normal(0, EXPOSURE_SPREAD, features))
    noise = np.exp(random.normal(0, EXPOSURE_NOISE, (2, features)))
    loadings = random.normal(0, LOADING, (features, 2))
    joy = _true_joy(appeal, taste, loadings)
    return World(
        shares=shares,
        appeal=appeal,
        taste=taste,
        exposure=np.clip(exposure * SEGMENT_EXPOSURE[:, None] * noise, *EXPOSURE_RANGE),
        loadings=loadings,
        truth=(shares * joy[:, None]).sum(axis=0) / shares.sum(axis=0),
    )


def header(world: World) -> Header:
    """The world as an award sees it: credits and the installed base."""
    return Header(
        build="world",
        published_at="2000-01-07T17:00:00Z",
        features=tuple(Feature(at + 1, f"feature {at + 1}") for at in range(FEATURES)),
        engineers=tuple(Engineer(at, f"engineer {at}") for at in range(ENGINEERS)),
        credits=tuple(_credits(world.shares)),
        code_version="simulation",
        segments=tuple(Segment(str(at), Decimal(str(share))) for at, share in enumerate(AUDIENCE)),
    )


def draw_votes(random: np.random.Generator, world: World, voters: int) -> Votes:
    """Let so many members of the community vote."""
    segment = random.choice(len(VOTERS), size=voters, p=VOTERS)
    leniency = SEGMENT_LENIENCY[segment] + random.normal(0, LENIENCY, voters)
    opinion = world.appeal + world.taste[segment] + leniency[:, None]
    for loading in world.loadings.T:
        opinion += random.normal(size=(voters, 1)) * loading
    opinion += random.normal(size=opinion.shape)
    verdict = np.searchsorted(CUTS, opinion)
    chance = world.exposure[segment] * OPINION_EXPOSURE[verdict]
    chance *= np.exp(random.normal(0, EXPOSURE_NOISE, (voters, 1)))
    is_named = random.random(opinion.shape) < chance
    return Votes(
        age_days=draw_ages(random, voters),
        hour=draw_hours(random, voters),
        segment=segment,
        loved=_first(is_named & (verdict >= LOVED), -opinion),
        let_down=_first(is_named & (verdict <= LET_DOWN), opinion),
    )


def draw_ages(random: np.random.Generator, voters: int) -> Ints:
    """Days since members joined: most are old hands, a few came this fortnight."""
    days = AGE * np.exp(random.normal(0, AGE_SPREAD, voters))
    is_newcomer = random.random(voters) < NEWCOMERS
    days[is_newcomer] = random.uniform(0, NEWCOMER_DAYS, is_newcomer.sum())
    return days.astype(np.int64)


def draw_hours(random: np.random.Generator, voters: int, burst: float = BURST) -> Ints:
    """Hours after Friday 17:00: most at once, evenings more than mornings, some in one burst."""
    hour = np.arange(HOURS)
    rhythm = 1 + 0.8 * np.cos((OPENS + hour - EVENING) * 2 * math.pi / 24)
    rate = np.exp(-hour / FADE) * rhythm
    hours = random.choice(HOURS, size=voters, p=rate / rate.sum())
    hours[random.random(voters) < burst] = random.integers(HOURS)
    return hours


def _draw_shares(random: np.random.Generator) -> Floats:
    shares = np.zeros((FEATURES, ENGINEERS))
    extra = random.integers(ENGINEERS, size=FEATURES - ENGINEERS)
    leaders = random.permutation(np.concatenate([np.arange(ENGINEERS), extra]))
    for feature, leader in enumerate(leaders):
        others = random.choice(len(OTHERS), p=OTHERS)
        rest = np.delete(np.arange(ENGINEERS), leader)
        team = [leader, *random.choice(rest, size=others, replace=False)]
        shares[feature, team] = np.sort(random.dirichlet(np.full(len(team), 2.0)))[::-1]
    return shares


def _true_joy(appeal: Floats, taste: Floats, loadings: Floats) -> Floats:
    """Mean joy of each feature over the whole audience, voters or not."""
    spread = np.sqrt(LENIENCY**2 + (loadings**2).sum(axis=1) + 1)
    joy = np.zeros(len(appeal))
    for segment, share in enumerate(AUDIENCE):
        mean = appeal + taste[segment] + SEGMENT_LENIENCY[segment]
        for cut, gain in zip(CUTS, np.diff(JOY_POINTS), strict=True):
            joy += share * gain * _above((cut - mean) / spread)
    return joy


def _above(deviations: Floats) -> Floats:
    """Share of a normal distribution above so many standard deviations."""
    return np.array([math.erfc(deviation / math.sqrt(2)) / 2 for deviation in deviations])


def _credits(shares: Floats) -> Iterator[Credit]:
    for feature, row in enumerate(shares):
        team = np.flatnonzero(row)
        leader = row.argmax()
        parts = {int(at): Decimal(f"{row[at]:.4f}") for at in team if at != leader}
        parts[int(leader)] = 1 - sum(parts.values(), Decimal(0))
        for engineer, part in parts.items():
            yield Credit(feature + 1, engineer, part)


def _first(is_chosen: Bools, rank: Floats) -> Ints:
    """The five chosen features of the lowest rank in each row, -1 where there are fewer."""
    rank = np.where(is_chosen, rank, np.inf)
    best = np.argsort(rank, axis=1)[:, :MOST_NAMED]
    return np.where(np.take_along_axis(is_chosen, best, axis=1), best, -1)
