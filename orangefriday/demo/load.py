"""Loads the demo community in one transaction: half of it is never left behind."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
from allauth.account.models import EmailAddress
from django.db import transaction
from numpy.random import Generator

from awards.popcorn.domain import award
from awards.popcorn.models import Award
from community.builds.domain import week
from community.builds.models import (
    Build,
    Credit,
    Engineer,
    EngineerName,
    Feature,
    KnownIssue,
    Product,
    ProductDevice,
)
from community.forum.domain.boards import ensure_boards
from community.honours.domain import experience
from community.members.domain.accounts import create_member
from community.members.models import Device, Member
from community.text.pinyin import sort_key
from feedback.fourgrid.domain import tally
from feedback.proposals.models import Proposal
from feedback.reports.domain import store
from orangefriday.demo import (
    ballots,
    days,
    forum,
    gifts,
    medals,
    people,
    polls,
    portraits,
    private,
    society,
    voters,
    wishing,
)
from orangefriday.demo.calendar import SHANGHAI, WEEK, Weeks, weeks
from orangefriday.demo.compose import BELOW_AWARD, BELOW_BUILD, compose
from orangefriday.demo.compose import Weeks as Published
from orangefriday.demo.regulars import regulars
from orangefriday.demo.weeks import ENGINEERS, KNOWN_ISSUES, WEEKS, WISHES, Change

SEED = 1704
SLUG = "tangerine"
FIRST_NUMBER = 293
VOTERS = 3_600
# Ballots of each awarded week, and so far of the open one.
TURNOUT = (620, 700, 760, 840, 910, 980, 1_050, 3_180)
OPEN_TURNOUT = 1_240
# In the last awarded week some young accounts push two changes at once, within two hours: what
# the coordination discount is for.
PUSHERS = 72

Say = Callable[[str], None]


class AlreadyLoaded(Exception):
    """The demo community lives here already."""


@dataclass(slots=True)
class Cast:
    """Everybody the loader needs at hand."""

    accounts: dict[str, Member]
    voters: list[Member]
    engineers: dict[str, Engineer]


@transaction.atomic
def load(*, at: datetime, accounts: list[people.Account], say: Say) -> None:
    """Load everything as seen at a moment; ``say`` is told what comes next."""
    if Product.objects.filter(slug=SLUG).exists():
        raise AlreadyLoaded
    rng = np.random.default_rng(SEED)
    plan = weeks(at, len(TURNOUT))
    began = datetime.combine(plan.awarded[0], datetime.min.time(), SHANGHAI) - timedelta(days=400)
    say("members")
    cast = _people(rng, accounts, began=began, at=at)
    product = _product(cast)
    ensure_boards()
    wishes = _wishes(product, cast, at)
    skill = voters.skills(rng)
    for index, released_on in enumerate((*plan.awarded, plan.open)):
        say(f"week {FIRST_NUMBER + index}")
        build = _published(product, cast, index, released_on, plan)
        count = OPEN_TURNOUT if released_on == plan.open else TURNOUT[index]
        _vote(rng, build, cast, skill, index, wishes, count=count, at=at)
        if released_on != plan.open:
            _finish(build)
    say("the coming week")
    _scheduled(product, cast, plan)
    say("wishes")
    wishing.live(
        product=product,
        manager=cast.accounts["manager"],
        people=[*cast.voters, cast.accounts["fan"]],
        first=wishes,
        at=at,
    )
    say("conversations")
    _talk(product, cast, at, say)


def _people(
    rng: Generator, accounts: list[people.Account], *, began: datetime, at: datetime
) -> Cast:
    known = {
        account.role: create_member(
            username=account.username,
            display_name=account.display_name,
            password=account.password,
            email=f"{account.username}@example.org",
            at=began,
            is_verified=True,
            is_staff=account.role in {"manager", "engineer", "admin"},
            is_superuser=account.role == "admin",
            may_use_reserved_names=True,
        )
        for account in accounts
    }
    crowd = _crowd(rng, at)
    engineers = {}
    for key, (name, handle) in ENGINEERS.items():
        engineer = Engineer.objects.create(
            slug=handle,
            name=name,
            name_sort_key=sort_key(name),
            created_at=began,
            member=known["engineer"] if key == "lin" else _staff(name, handle, began),
        )
        EngineerName.objects.bulk_create(
            EngineerName(engineer=engineer, kind=kind, text=text, key=text.casefold())
            for kind, text in (("person", name), ("handle", handle))
        )
        engineers[key] = engineer
    return Cast(known, crowd, engineers)


def _staff(name: str, handle: str, began: datetime) -> Member:
    return create_member(
        username=handle,
        display_name=name,
        password=None,
        email=f"{handle}@example.org",
        at=began,
        is_verified=True,
        is_staff=True,
    )


def _crowd(rng: Generator, at: datetime) -> list[Member]:
    ages = np.clip(rng.lognormal(np.log(300), 0.9, VOTERS), 1, 900)
    levels = rng.choice(6, VOTERS, p=(0.22, 0.28, 0.22, 0.15, 0.09, 0.04))
    regions = rng.choice(len(people.REGIONS), VOTERS)
    members = []
    for n, (username, name) in enumerate(people.shuffled(rng, VOTERS)):
        member = Member(
            username=username,
            email=f"{username}@example.org",
            level=int(levels[n]),
            region=people.REGIONS[regions[n]],
            language="zh-hans" if username.endswith("_zh") else "en",
            date_joined=at - timedelta(days=float(ages[n])),
        )
        member.take_name(name)
        member.set_unusable_password()
        members.append(member)
    _introduce(members, at)
    Member.objects.bulk_create(members, batch_size=1000)
    EmailAddress.objects.bulk_create(
        [
            EmailAddress(user=member, email=member.email, verified=True, primary=True)
            for member in members
        ],
        batch_size=2000,
    )
    experience.bring_along(at=at)
    families = rng.choice(len(people.FAMILIES), VOTERS, p=people.VOTERS_USE)
    phones = {regular.username: regular.device for regular in regulars()}
    Device.objects.bulk_create(
        [
            Device(
                member=member,
                family=phones.get(member.username, people.FAMILIES[families[n]]),
                public_key=hashlib.sha256(member.username.encode()).digest(),
                added_at=member.date_joined,
                is_main=True,
            )
            for n, member in enumerate(members)
        ],
        batch_size=2000,
    )
    return members


def _introduce(members: list[Member], at: datetime) -> None:
    """Some of those who have been here for long are the ones who write."""
    old = (member for member in members if at - member.date_joined > timedelta(days=90))
    for member, regular in zip(old, regulars(), strict=False):
        member.username, member.email = regular.username, f"{regular.username}@example.org"
        member.region, member.time_zone = regular.region, regular.zone
        member.language = "zh-hans" if regular.is_chinese else "en"
        member.about = regular.about
        member.level = member.level if regular.level is None else regular.level
        member.take_name(regular.name)


def _product(cast: Cast) -> Product:
    product = Product.objects.create(
        slug=SLUG, name="Tangerine OS", tagline="The phone that listens on Fridays"
    )
    product.managers.add(cast.accounts["manager"])
    ProductDevice.objects.bulk_create(
        ProductDevice(product=product, family=family, share=Decimal(share))
        for family, share in zip(people.FAMILIES, people.INSTALLED, strict=True)
    )
    return product


def _wishes(product: Product, cast: Cast, at: datetime) -> list[Proposal]:
    return Proposal.objects.bulk_create(
        Proposal(
            product=product,
            title=title,
            body=body,
            area=area,
            status=status,
            status_reason=reason,
            author=cast.accounts["fan"] if n % 6 == 0 else cast.voters[n * 7],
            created_at=at - timedelta(days=30 + 3 * n),
        )
        for n, (title, body, area, status, reason) in enumerate(WISHES)
    )


def _draft(product: Product, cast: Cast, index: int, released_on: date) -> Build:
    version = _version(released_on)
    friday = datetime.combine(released_on, datetime.min.time(), SHANGHAI)
    build = Build.objects.create(
        product=product,
        number=FIRST_NUMBER + index,
        version=version,
        slug=version,
        notes=_notes(WEEKS[index]),
        created_by=cast.accounts["manager"],
        created_at=friday - timedelta(days=15),
    )
    for position, change in enumerate(WEEKS[index], start=1):
        _feature(build, cast, position, change)
    return build


def _version(released_on: date) -> str:
    return f"{released_on.year - 2020}.{released_on.month}.{released_on.day}"


def _notes(changes: tuple[Change, ...]) -> str:
    areas = list(dict.fromkeys(change[2] for change in changes))
    return (
        f"{len(changes)} updates this week, most of them in {areas[0]}, {areas[1]} and {areas[2]}. "
        "Thank you for every report; the ones that shaped this build are linked below.\n\n"
        f"本周共 {len(changes)} 项更新，感谢每一份四格报告。"
    )


def _feature(build: Build, cast: Cast, position: int, change: Change) -> None:
    title, chinese, area, kind, builders = change
    feature = Feature.objects.create(
        build=build, position=position, title=title, body=chinese, area=area, kind=kind
    )
    keys = builders.split()
    first = {1: Decimal(1), 2: Decimal("0.7"), 3: Decimal("0.6")}[len(keys)]
    rest = (1 - first) / max(len(keys) - 1, 1)
    Credit.objects.bulk_create(
        Credit(feature=feature, engineer=cast.engineers[key], share=rest if n else first)
        for n, key in enumerate(keys)
    )


def _published(product: Product, cast: Cast, index: int, released_on: date, plan: Weeks) -> Build:
    build = _draft(product, cast, index, released_on)
    week.schedule(build_id=build.pk, release_on=released_on, at=build.created_at)
    build.refresh_from_db()
    if released_on == plan.open and plan.moved:
        _move_close(build, plan.closes_at)
    if build.freeze_at is None or build.publish_at is None:
        raise ValueError("A scheduled build has every edge.")
    week.freeze(build_id=build.pk, at=build.freeze_at)
    week.publish(build_id=build.pk, at=build.publish_at)
    if released_on == plan.open:
        KnownIssue.objects.bulk_create(KnownIssue(build=build, text=text) for text in KNOWN_ISSUES)
    build.refresh_from_db()
    return build


def _move_close(build: Build, closes_at: datetime) -> None:
    later = closes_at - build.ballots_close_at if build.ballots_close_at else timedelta()
    edges = ("ballots_close_at", "tally_at", "award_at", "slot_returns_at")
    moves = {edge: getattr(build, edge) + later for edge in edges}
    week.move_edges(build_id=build.pk, moves=moves, at=build.created_at)


def _vote(
    rng: Generator, build: Build, cast: Cast, skill: dict[str, float], index: int,
    wishes: list[Proposal], *, count: int, at: datetime,
) -> None:  # fmt: skip
    opened, closes = build.ballots_open_at, build.ballots_close_at
    if opened is None or closes is None:
        raise ValueError("A published build has a window.")
    until = min(at, closes) - opened
    drawn = voters.votes(
        rng,
        changes=WEEKS[index],
        skill=skill,
        count=count,
        wishes=sum(wish.status in Proposal.LIVE for wish in wishes),
        hours=until / timedelta(hours=1),
    )
    live = [wish.pk for wish in wishes if wish.status in Proposal.LIVE]
    joined = [member for member in cast.voters if member.date_joined < opened]
    chosen = [joined[n] for n in rng.choice(len(joined), min(count, len(joined)), replace=False)]
    if index == len(TURNOUT) - 1:
        chosen.sort(key=lambda member: member.date_joined)
        drawn[-PUSHERS:] = voters.pushed(rng, PUSHERS)
    ballots.store(
        build=build,
        voters=chosen,
        votes=drawn[: len(chosen)],
        wishes=live,
        rng=rng,
    )


def _finish(build: Build) -> None:
    if not build.ballots_close_at or not build.tally_at or not build.award_at:
        raise ValueError("A published build has every edge.")
    week.close(build_id=build.pk, at=build.ballots_close_at)
    tally.count(build_id=build.pk, at=build.tally_at)
    store(build_id=build.pk, at=build.tally_at)
    award.compute(build_id=build.pk, at=build.tally_at)
    award.announce(build_id=build.pk, at=build.award_at)


def _scheduled(product: Product, cast: Cast, plan: Weeks) -> None:
    build = _draft(product, cast, len(WEEKS) - 1, plan.due)
    week.schedule(build_id=build.pk, release_on=plan.due, at=build.created_at)
    # The one after it has nothing but its week yet: its wish round is open.
    version = _version(plan.due + WEEK)
    later = Build.objects.create(
        product=product,
        number=build.number + 1,
        version=version,
        slug=version,
        created_by=cast.accounts["manager"],
        created_at=build.created_at,
    )
    week.schedule(build_id=later.pk, release_on=plan.due + WEEK, at=later.created_at)


def _talk(product: Product, cast: Cast, at: datetime, say: Say) -> None:
    forum.open_boards(cast.accounts)
    builds = list(
        Build.objects.filter(product=product, published_at__isnull=False)
        .select_related("topic")
        .order_by("number")
    )
    awards = list(
        Award.objects.filter(build__in=builds)
        .select_related("topic", "build")
        .order_by("build__number")
    )
    published = Published(
        versions=tuple(build.version for build in builds),
        published_at=tuple(build.published_at for build in builds if build.published_at),
        awarded_at=tuple(row.build.award_at for row in awards if row.build.award_at),
    )
    below = {(BELOW_BUILD, week): build.topic for week, build in enumerate(builds, start=1)}
    below |= {(BELOW_AWARD, week): row.topic for week, row in enumerate(awards, start=1)}
    site = {place: topic for place, topic in below.items() if topic}
    reported = forum.store(compose(published, at=at), builds, site)
    say("reactions, watches and notices")
    society.live(cast.accounts, reported, at=at)
    polls.ask(cast.accounts, cast.voters, at=at)
    private.live(cast.accounts, at=at)
    days.come(at=at)
    gifts.hang(at=at)
    portraits.show(at=at)
    medals.pin(cast.accounts, at=at)
