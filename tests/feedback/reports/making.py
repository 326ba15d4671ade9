"""Closed builds with ballots and reports, made deterministically.

The week is that of tests.community.builds.making: published Friday 20 November 2026 at 09:00 UTC,
closed on Tuesday at 16:00 UTC.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import count
from random import Random
from typing import Any

from community.builds.domain import week
from community.builds.models import Build, Credit, Feature, Install, Product
from community.members.models import Device, Member
from feedback.fourgrid.domain import tally
from feedback.fourgrid.models import Ballot, Tally
from feedback.proposals.models import Proposal
from feedback.reports.domain import store
from feedback.reports.models import VoteReport
from tests.community.builds.making import (
    CLOSE,
    DRAFTED,
    FRIDAY,
    HOUR,
    MINUTE,
    PUBLISH,
    make_draft,
    make_engineers,
)

FAMILIES = ("Mi 5", "Mi 5", "Mi 5", "Redmi 3", "Redmi 3", "Mi Note", "")
REGIONS = ("广东", "广东", "北京", "四川", "")
COMMENTS = ("终于不用自己改文件名了！", "Slow in the dark.", "=1+1")
AREAS = ("Camera", "Telephone", "Battery")

FROZEN = CLOSE + 10 * MINUTE

numbers = count(1)


def vote(build: Build, **fields: Any) -> Ballot:
    """A ballot not saved yet, of a new member; fields are those of the ballot."""
    return Ballot(build=build, member=_new_member(), **_ballot(build) | fields)


def _new_member() -> Member:
    name = f"voter{next(numbers)}"
    return Member(username=name, display_name=name, name_skeleton=name, date_joined=DRAFTED)


def _ballot(build: Build) -> dict[str, Any]:
    receipt = sha256(f"{build.pk}/{next(numbers)}".encode()).digest()
    assert build.published_at
    saved_at = build.published_at + HOUR
    return {
        "mood": Ballot.Mood.HAPPY,
        "loved": [],
        "let_down": [],
        "wishes": [],
        "first_saved_at": saved_at,
        "saved_at": saved_at,
        "receipt": receipt,
        "nonce": receipt[:16],
    }


def random_votes(build: Build, number: int, *, seed: int = 1) -> Iterator[Ballot]:
    """Ballots whose voters differ in everything; earlier features are loved more."""
    assert build.published_at
    random = Random(seed)
    features = list(build.features.order_by("position").values_list("pk", flat=True))
    proposals = list(Proposal.objects.filter(product=build.product_id).values_list("pk", flat=True))
    for _ in range(number):
        named = random.sample(features, min(random.randint(0, 6), len(features)))
        loved = sorted(named)[: random.randint(0, len(named))][:5]
        let_down = [feature for feature in named if feature not in loved][:5]
        saved_at = build.published_at + timedelta(minutes=random.randint(0, 102 * 60))
        comments = {"let_down": random.choice(COMMENTS)} if random.random() < 0.3 else {}
        if loved and random.random() < 0.2:
            comments[f"feature:{loved[0]}"] = random.choice(COMMENTS)
        yield vote(
            build,
            mood=random.choice(Ballot.Mood.values),
            loved=loved,
            let_down=let_down,
            wishes=random.sample(proposals, min(random.randint(0, 3), len(proposals))),
            comments=comments,
            family=random.choice(FAMILIES),
            level=random.choice((0, 0, 1, 1, 2, 3)),
            region=random.choice(REGIONS),
            first_saved_at=saved_at,
            saved_at=saved_at + MINUTE,
            is_staff=random.random() < 0.03,
        )


def put(ballots: Iterable[Ballot], *, verified: float = 0.5) -> list[Ballot]:
    """Save ballots with their voters; a share of the voters has installed the build."""
    ballots = list(ballots)
    Member.objects.bulk_create(ballot.member for ballot in ballots)
    for ballot in ballots:
        ballot.member = ballot.member
    Ballot.objects.bulk_create(ballots)
    installed = [ballot for n, ballot in enumerate(ballots) if n % 10 < verified * 10]
    devices = Device.objects.bulk_create(
        Device(
            member=ballot.member,
            family=ballot.family or "Phone",
            public_key=sha256(str(ballot.member_id).encode()).digest(),
            added_at=DRAFTED,
        )
        for ballot in installed
    )
    Install.objects.bulk_create(
        Install(build=ballot.build, device=device, reported_at=ballot.first_saved_at)
        for ballot, device in zip(installed, devices, strict=True)
    )
    return ballots


def open_build(
    product: Product | None = None,
    *,
    weeks: int = 0,
    features: int = 6,
    areas: tuple[str, ...] = AREAS,
    fingerprints: bool = False,
    **fields: Any,
) -> Build:
    """A published build with features in some areas, so many weeks after the first."""
    build = make_draft(product, changes=0, **fields)
    engineers = make_engineers("林浩", "Mei")
    changes = Feature.objects.bulk_create(
        Feature(
            build=build,
            position=n,
            title=f"Change {n}",
            area=areas[n % len(areas)],
            fingerprint=f"{n}" if fingerprints else "",
        )
        for n in range(features)
    )
    Credit.objects.bulk_create(
        Credit(feature=change, engineer=engineer, share=Decimal("0.5"))
        for change in changes
        for engineer in engineers
    )
    later = timedelta(weeks=weeks)
    week.schedule(build_id=build.pk, release_on=FRIDAY + later, at=DRAFTED + later)
    week.publish(build_id=build.pk, at=PUBLISH + later)
    build.refresh_from_db()
    return build


def close(build: Build) -> Tally:
    """Close the window on time and count."""
    assert build.ballots_close_at
    week.close(build_id=build.pk, at=build.ballots_close_at)
    return tally.count(build_id=build.pk, at=build.ballots_close_at + 10 * MINUTE)


def make_report(
    product: Product | None = None, *, ballots: int = 60, weeks: int = 0, **fields: Any
) -> VoteReport:
    """The final report of a build with random ballots."""
    build = open_build(product, weeks=weeks, **fields)
    put(random_votes(build, ballots, seed=weeks + 1))
    close(build)
    return store(build_id=build.pk, at=FROZEN + timedelta(weeks=weeks))
