"""Closing the loop: a build ships a wish of many people, and each of them is told, once."""

import os
import time
from datetime import timedelta

from benchmarks import stack

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "10000"))
ENOUGH, LIMIT_S = 0.95, 3600.0


def run() -> bool:
    """Print its lines; whether its figures are reached."""
    with stack.own_database("bench_shipped"):
        return _loop()


def _loop() -> bool:
    from django.utils import timezone

    from community.members.models import Member
    from community.notices.models import Notice
    from feedback.proposals.domain import shipping

    now = timezone.now()
    _ship(now)
    reachable = Member.objects.filter(username__startswith="asked", is_active=True).count()
    started = time.perf_counter()
    shipping.ship_due(at=now)
    _killed_midway(now)
    shipping.tell_shipped(at=now)
    seconds = time.perf_counter() - started
    again = shipping.tell_shipped(at=now)
    told = Notice.objects.filter(kind=shipping.NOTICE)
    reached, twice = told.count(), told.filter(count__gt=1).count() + again.members
    held = reached >= ENOUGH * reachable and seconds <= LIMIT_S and not twice
    print(
        f"shipped: {PEOPLE} voters, {reachable} reachable: {reached} told"
        f" ({100 * reached / reachable:.1f} %, at least {100 * ENOUGH:.0f} %), {twice} twice, "
        f"killed midway once, {seconds:.1f} s (at most {LIMIT_S:.0f}): "
        + ("ok" if held else "MISSED"),
        flush=True,
    )
    return held


def _killed_midway(now: object) -> None:
    """A run that dies after some of them."""
    from feedback.proposals.domain import shipping

    tell, calls = shipping.tell, 0

    def dies(**said: object) -> int:
        nonlocal calls
        calls += 1
        if calls > 3:
            raise KeyboardInterrupt
        return tell(**said)

    shipping.tell = dies
    try:
        shipping.tell_shipped(at=now)
    except KeyboardInterrupt:
        pass
    finally:
        shipping.tell = tell


def _ship(now: object) -> None:
    """A wish with a vote of each member, and its build out."""
    from datetime import datetime

    from community.builds.domain import week
    from community.builds.models import Build, Credit, Engineer, Feature, Product
    from community.members.models import Member
    from feedback.proposals.domain import answer_proposal, create_proposal
    from feedback.proposals.domain.rounds import round_of
    from feedback.proposals.models import Vote

    assert isinstance(now, datetime)
    began = now - timedelta(days=20)
    # One in a hundred has left since; nobody can reach them.
    Member.objects.bulk_create(
        Member(
            username=f"asked{n}",
            display_name=f"asked{n}",
            name_skeleton=f"asked{n}",
            password="!",
            is_active=n % 100 != 0,
            date_joined=began,
        )
        for n in range(PEOPLE)
    )
    product = Product.objects.create(slug="loop", name="Loop")
    build = Build.objects.create(
        product=product, number=1, version="1", slug="loop-1", created_at=began
    )
    feature = Feature.objects.create(build=build, position=1, title="Silence", kind="feature")
    engineer = Engineer.objects.create(slug="e", name="E", name_sort_key="e", created_at=began)
    Credit.objects.create(feature=feature, engineer=engineer, share=1)
    week.schedule(build_id=build.pk, release_on=(now + timedelta(days=1)).date(), at=began)
    wish = create_proposal(product=product, title="Silence by calendar", at=began)
    asked = Member.objects.filter(username__startswith="asked").values_list("pk", flat=True)
    own = round_of(build)
    Vote.objects.bulk_create(
        (
            Vote(round=own, member_id=pk, proposal=wish, slot=1, budget=2, nth=1, cast_at=began)
            for pk in asked
        ),
        batch_size=2000,
    )
    answer_proposal(
        proposal=wish, status="in_development", accepted_for=build, built_as=feature, at=now
    )
    week.publish(build_id=build.pk, at=now, is_early=True)
