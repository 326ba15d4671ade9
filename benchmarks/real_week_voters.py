"""The members of a recorded week: who they are, what they run, and what they think of it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
from allauth.account.models import EmailAddress
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from django.utils import timezone

from awards.popcorn.domain.world import FEATURES, Votes, World, draw_reception, draw_votes
from benchmarks.real_week_builds import FAMILIES, Week
from benchmarks.voters import COMMENTS, Voter, make_voters, make_wishes
from community.members.models import Device

CHANGE_THEIR_MIND = 0.05
UNVERIFIED = 0.005
COMMENTING = 0.15
MOST_EXPOSURE = 0.9
LEVELS, REGIONS = 6, ("North", "East", "South", "West", "Overseas")

Answers = dict[str, object]


@dataclass(frozen=True)
class Electorate:
    """Those who vote on one build: ballots as first sent, and those that change (by position).

    ``keys`` sign what the voters' devices report. ``unverified`` members may not vote.
    """

    week: Week
    world: World
    engineers: list[int]
    voters: list[Voter]
    keys: list[Ed25519PrivateKey]
    ballots: list[Answers]
    changed: dict[int, Answers]
    unverified: list[Voter]


def gather(weeks: list[Week], *, ballots: int, seed: int) -> tuple[Voter, list[Electorate]]:
    """A manager of all products who does not vote, and each build's voters with their opinions."""
    # A product with more to see has more members.
    features = sum(len(week.features) for week in weeks)
    counts = [ballots * len(week.features) // features for week in weeks]
    counts[0] += ballots - sum(counts)
    extra = [max(1, round(count * UNVERIFIED)) for count in counts]
    crowd = iter(make_voters(1 + sum(counts) + sum(extra)))
    manager = next(crowd)
    for week in weeks:
        week.build.product.managers.add(manager.member_id)
    return manager, [
        _electorate(week, _take(crowd, count), _take(crowd, few), [seed, number])
        for number, (week, count, few) in enumerate(zip(weeks, counts, extra, strict=True))
    ]


def _take(crowd: Iterator[Voter], count: int) -> list[Voter]:
    return [next(crowd) for _ in range(count)]


def _electorate(
    week: Week, voters: list[Voter], unverified: list[Voter], seed: list[int]
) -> Electorate:
    numbers = np.random.default_rng(seed)
    chance = random.Random(str(seed))
    world, engineers = _world(numbers, week)
    votes = draw_votes(numbers, world, len(voters))
    second = draw_votes(numbers, world, round(len(voters) * CHANGE_THEIR_MIND))
    wishes = make_wishes(week.build.product)
    keys = [Ed25519PrivateKey.from_private_bytes(numbers.bytes(32)) for _ in voters]
    _settle(voters, keys, votes, numbers)
    EmailAddress.objects.filter(user__in=[voter.member_id for voter in unverified]).update(
        verified=False
    )
    minds = chance.sample(range(len(voters)), len(second.hour))
    return Electorate(
        week=week,
        world=world,
        engineers=engineers,
        voters=voters,
        keys=keys,
        ballots=list(_ballots(chance, week, votes, wishes)),
        changed=dict(zip(minds, _ballots(chance, week, second, wishes), strict=True)),
        unverified=unverified,
    )


def _world(numbers: np.random.Generator, week: Week) -> tuple[World, list[int]]:
    """The world of the award's simulation with this build's credits; the engineers' ids."""
    signed = [(at, credit) for at, f in enumerate(week.features) for credit in f.credits.all()]
    engineers = sorted({credit.engineer_id for _, credit in signed})
    shares = np.zeros((len(week.features), len(engineers)))
    for at, credit in signed:
        shares[at, engineers.index(credit.engineer_id)] = credit.share
    world = draw_reception(numbers, shares)
    # However many features a build has, people use about as many of them.
    exposure = np.minimum(world.exposure * FEATURES / len(week.features), MOST_EXPOSURE)
    return replace(world, exposure=exposure), engineers


def _ballots(
    chance: random.Random, week: Week, votes: Votes, wishes: list[int]
) -> Iterator[Answers]:
    ids = [feature.pk for feature in week.features]
    for loved, let_down in zip(votes.loved.tolist(), votes.let_down.tolist(), strict=True):
        cells = {
            "loved": [ids[at] for at in loved if at >= 0],
            "let_down": [ids[at] for at in let_down if at >= 0],
        }
        comment = chance.choice(COMMENTS) if chance.random() < COMMENTING else ""
        yield {
            "mood": _mood(len(cells["loved"]) - len(cells["let_down"])),
            **cells,
            "wishes": chance.sample(wishes, chance.randint(0, 3)),
            "comments": {"loved": comment} if comment else {},
        }


def _mood(balance: int) -> str:
    if balance > 0:
        return "in_love" if balance > 2 else "happy"
    return "hopeful" if balance > -2 else "sad"


def _settle(
    voters: list[Voter], keys: list[Ed25519PrivateKey], votes: Votes, numbers: np.random.Generator
) -> None:
    """Give members the age of the account, the level, the region and the device drawn for them."""
    now = timezone.now()
    ids = [voter.member_id for voter in voters]
    joined = [now - timedelta(days=age) for age in votes.age_days.tolist()]
    levels = numbers.integers(LEVELS, size=len(voters)).tolist()
    regions = [REGIONS[at] for at in numbers.integers(len(REGIONS), size=len(voters))]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE members_member m SET date_joined = v.joined, level = v.level, region = v.region"
            "  FROM unnest(%s::bigint[], %s::timestamptz[], %s::int[], %s::text[])"
            "       AS v (id, joined, level, region) WHERE m.id = v.id",
            [ids, joined, levels, regions],
        )
    Device.objects.bulk_create(
        (
            Device(
                member_id=member,
                family=FAMILIES[segment],
                public_key=key.public_key().public_bytes_raw(),
                added_at=now,
                is_main=True,
            )
            for member, key, segment in zip(ids, keys, votes.segment.tolist(), strict=True)
        ),
        batch_size=5000,
    )
