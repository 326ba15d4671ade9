"""Loads the demo community in one transaction: half of it is never left behind."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
from django.db import transaction
from numpy.random import Generator

from awards.popcorn.domain import award
from awards.popcorn.models import Award
from community.builds.domain import week
from community.builds.models import (
    Build,
    Product,
    ProductDevice,
)
from community.forum.domain.boards import ensure_boards
from community.members.models import Member
from feedback.fourgrid.domain import tally
from feedback.proposals.models import Proposal
from feedback.reports.domain import store
from feedback.reports.models import VoteReport
from orangefriday.demo import (
    ballots,
    crowd,
    days,
    desk,
    forum,
    gifts,
    medals,
    people,
    polls,
    portraits,
    private,
    releases,
    society,
    voters,
    watching,
    wishing,
)
from orangefriday.demo.calendar import SHANGHAI, weeks
from orangefriday.demo.compose import BELOW_AWARD, BELOW_BUILD, compose
from orangefriday.demo.compose import Weeks as Published
from orangefriday.demo.crowd import Cast
from orangefriday.demo.remarks import Remarks
from orangefriday.demo.weeks import WEEKS, WISHES

SEED = 1704
SLUG = "tangerine"
# Ballots of each awarded week, and so far of the open one.
TURNOUT = (620, 700, 760, 840, 910, 980, 1_050, 3_180)
OPEN_TURNOUT = 1_240
# In the last awarded week some young accounts push two changes at once, within two hours: what
# the coordination discount is for.
PUSHERS = 72
REPORTS_FOLLOWED = 3

Say = Callable[[str], None]


class AlreadyLoaded(Exception):
    """The demo community lives here already."""


@transaction.atomic
def load(*, at: datetime, accounts: list[people.Account], say: Say) -> None:
    """Load everything as seen at a moment; ``say`` is told what comes next."""
    if Product.objects.filter(slug=SLUG).exists():
        raise AlreadyLoaded
    rng = np.random.default_rng(SEED)
    plan = weeks(at, len(TURNOUT))
    began = datetime.combine(plan.awarded[0], datetime.min.time(), SHANGHAI) - timedelta(days=400)
    say("members")
    cast = crowd.gather(rng, accounts, began=began, at=at)
    product = _product(cast)
    ensure_boards()
    wishes = _wishes(product, cast, at)
    skill, remarks = voters.skills(rng), Remarks(rng)
    for index, released_on in enumerate((*plan.awarded, plan.open)):
        say(f"week {releases.FIRST_NUMBER + index}")
        build = releases.publish(product, cast, index, released_on, plan)
        count = OPEN_TURNOUT if released_on == plan.open else TURNOUT[index]
        _vote(rng, build, cast, skill, remarks, index, wishes, count=count, at=at)
        if released_on != plan.open:
            _finish(build, cast.accounts["manager"])
    say("the coming week")
    releases.schedule(product, cast, plan)
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


def _vote(
    rng: Generator, build: Build, cast: Cast, skill: dict[str, float], remarks: Remarks,
    index: int, wishes: list[Proposal], *, count: int, at: datetime,
) -> None:  # fmt: skip
    opened, closes = build.ballots_open_at, build.ballots_close_at
    if opened is None or closes is None:
        raise ValueError("A published build has a window.")
    until = min(at, closes) - opened
    drawn = voters.votes(
        rng,
        changes=WEEKS[index],
        skill=skill,
        remarks=remarks,
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


def _finish(build: Build, manager: Member) -> None:
    if not build.ballots_close_at or not build.tally_at or not build.award_at:
        raise ValueError("A published build has every edge.")
    week.close(build_id=build.pk, at=build.ballots_close_at)
    tally.count(build_id=build.pk, at=build.tally_at)
    desk.put_right(store(build_id=build.pk, at=build.tally_at), manager)
    award.compute(build_id=build.pk, at=build.tally_at)
    award.announce(build_id=build.pk, at=build.award_at)


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
    say("what became of the reports")
    last = VoteReport.objects.final().select_related("build").order_by("-build__published_at")
    desk.Desk(cast.accounts["manager"], list(last[:REPORTS_FOLLOWED])[::-1]).follow_up()
    say("reactions, watches and notices")
    society.live(cast.accounts, reported, at=at)
    polls.ask(cast.accounts, cast.voters, at=at)
    private.live(cast.accounts, at=at)
    watching.look_out(cast.accounts["admin"], at=at)
    days.come(at=at)
    gifts.hang(at=at)
    portraits.show(at=at)
    medals.pin(cast.accounts, at=at)
