"""S3, award night: from the close of the window to a frozen tally, a stored report, an award."""

import base64
import csv
import os
import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection

from benchmarks import stack
from benchmarks.themes import LABELLED

SIZES = [int(size) for size in os.environ.get("BENCH_BALLOTS", "10000,100000").split(",")]
LIMITS = {100_000: 60.0, 1_000_000: 600.0}
# "No faster than linearly", and what two runs on a shared machine differ by.
MOST_GROWTH = 1.25
FEATURES, ENGINEERS, WISHES = 40, 12, 12

# Names three to seven of the features, the popular ones more often; most of them are loved.
MAKE_BALLOTS = """
WITH drawn AS (
    SELECT m.id AS member,
           (SELECT array_agg(f ORDER BY random())
              FROM (SELECT DISTINCT (%(first)s + floor(power(random(), 2) * %(features)s))::bigint f
                      FROM generate_series(1, 3 + (m.id %% 5)::int)) picks) AS named,
           random() AS mood, random() AS split, random() AS wish, random() AS wait,
           (%(comments)s::text[])[1 + floor(random() * %(texts)s)::int] AS said,
           CASE WHEN random() < 0.5
                THEN (%(comments)s::text[])[1 + floor(random() * %(texts)s)::int] END AS more
      FROM members_member m WHERE m.username LIKE 'night%%'
), parted AS (
    SELECT *, least(5, ceil(split * cardinality(named))::int) AS loves FROM drawn
)
INSERT INTO fourgrid_ballot (
    build_id, member_id, mood, loved, let_down, wishes, comments, revision, first_saved_at,
    saved_at, receipt, nonce, family, level, region, is_staff
)
SELECT %(build)s, member, 1 + floor(mood * 4)::int,
       named[: loves], named[loves + 1 :][: 5],
       ARRAY[%(wishes)s + floor(wish * 12)::bigint],
       -- Three in ten write: what let them down, what they loved, half of them of two things.
       CASE WHEN wait < 0.2 THEN jsonb_build_object('let_down', concat_ws(' ', said, more))
            WHEN wait < 0.3 THEN jsonb_build_object('loved', concat_ws(' ', said, more))
            ELSE '{}' END, 1,
       %(opened)s + wait * interval '100 hours', %(opened)s + wait * interval '100 hours',
       sha256(member::text::bytea), decode(repeat('cd', 16), 'hex'),
       (ARRAY['One 5', 'One 5s', 'Note 3', 'Fold 2', 'Mini'])[1 + floor(wish * 5)::int],
       (member %% 6)::smallint, (ARRAY['North', 'South', 'West', 'East'])[1 + member %% 4], false
  FROM parted
"""


def run() -> bool:
    """Print S3's lines; whether its figures are reached."""
    os.environ.setdefault("AWARD_SIGNING_KEY", base64.b64encode(secrets.token_bytes(32)).decode())
    held, before = True, 0.0
    for size in SIZES:
        with stack.own_database(f"bench_s3_{size}"):
            seconds = _night(size)
        limit = LIMITS.get(size)
        each = seconds / size
        growth = each / before if before else 1.0
        is_reached = (limit is None or seconds <= limit) and growth <= MOST_GROWTH
        held, before = held and is_reached, each
        print(
            f"S3 {size} ballots, close to published award: {seconds:.1f} s"
            + (f" (at most {limit:.0f})" if limit else "")
            + f", {each * 1e6:.0f} µs a ballot = {growth:.2f} × the size before: "
            + ("ok" if is_reached else "MISSED"),
            flush=True,
        )
    return held


def _night(size: int) -> float:
    """One award night with ``size`` ballots; gives its seconds."""
    from awards.popcorn.domain import award
    from awards.popcorn.domain.verify import verify
    from awards.popcorn.models import BundlePart
    from community.builds.domain import week
    from feedback.fourgrid.domain import tally
    from feedback.reports.domain import store

    build_id, closes_at = prepare(size)
    later = closes_at + timedelta(minutes=10)
    total = 0.0
    for what, step in (
        ("close", lambda: week.close(build_id=build_id, at=closes_at)),
        ("tally", lambda: tally.count(build_id=build_id, at=later)),
        ("report", lambda: store(build_id=build_id, at=later)),
        ("award", lambda: award.compute(build_id=build_id, at=later)),
        ("announce", lambda: award.announce(build_id=build_id, at=later)),
    ):
        seconds = _timed(step)
        total += seconds
        print(f"S3 {size} ballots, {what}: {seconds:.2f} s", flush=True)
    parts = BundlePart.objects.order_by("number").values_list("content", flat=True)
    content = b"".join(bytes(part) for part in parts)
    seconds = _timed(lambda: verify(content))
    print(f"S3 {size} ballots, verify_award: {seconds:.2f} s, {len(content) / 1e6:.1f} MB")
    return total


def _timed(step: Callable[[], object]) -> float:
    started = time.perf_counter()
    step()
    return time.perf_counter() - started


def prepare(size: int) -> tuple[int, datetime]:
    """Members, an open build with signed features, and a ballot of each member; when it closes."""
    from django.utils import timezone

    from community.builds.models import Build, Feature, Product
    from feedback.proposals.models import Proposal

    now = timezone.now()
    _make_members(size, now)
    product = Product.objects.create(slug="night", name="Night")
    opened = now - timedelta(days=5)
    build = Build.objects.create(
        product=product, number=1, version="1", slug="1", created_at=opened - timedelta(days=9)
    )
    first = _make_features(build.pk, now)
    wishes = Proposal.objects.bulk_create(
        Proposal(product=product, title=f"Wish {n}", created_at=now) for n in range(WISHES)
    )
    closes_at = opened + timedelta(hours=103)
    _go_out(build.pk, opened, closes_at)
    assert Feature.objects.count() == FEATURES
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.1704)")
        values = {
            "build": build.pk,
            "first": first,
            "features": FEATURES,
            "wishes": wishes[0].pk,
            "opened": opened,
            "comments": _comments(),
            "texts": len(_comments()),
        }
        cursor.execute(MAKE_BALLOTS, values)
        cursor.execute("ANALYZE fourgrid_ballot")
    return build.pk, closes_at


def _comments() -> list[str]:
    """Comments as people write them, in both languages."""
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return [row["comment"] for row in csv.DictReader(file)]


def _make_members(size: int, now: datetime) -> None:
    from community.members.models import Member

    for start in range(0, size, 10_000):
        Member.objects.bulk_create(
            Member(
                username=f"night{n}",
                display_name=f"night{n}",
                name_skeleton=f"night{n}",
                password="!",
                date_joined=now - timedelta(days=10 + n % 700),
            )
            for n in range(start, min(start + 10_000, size))
        )


def _make_features(build_id: int, now: datetime) -> int:
    """Features with two engineers each; gives the first one's id, the others follow it."""
    from community.builds.models import Credit, Engineer, Feature

    engineers = Engineer.objects.bulk_create(
        Engineer(slug=f"e{n}", name=f"Engineer {n}", created_at=now) for n in range(ENGINEERS)
    )
    features = Feature.objects.bulk_create(
        Feature(build_id=build_id, position=n, title=f"Change {n}", area=f"Area {n % 8}")
        for n in range(1, FEATURES + 1)
    )
    for n, feature in enumerate(features):
        shares = {engineers[n % ENGINEERS]: "0.7", engineers[(n * 5 + 1) % ENGINEERS]: "0.3"}
        shares = shares if len(shares) > 1 else {engineers[n % ENGINEERS]: "1"}
        Credit.objects.bulk_create(
            Credit(feature=feature, engineer=engineer, share=Decimal(share))
            for engineer, share in shares.items()
        )
    return features[0].pk


def _go_out(build_id: int, opened: datetime, closes_at: datetime) -> None:
    from community.builds.models import Build

    builds = Build.objects.filter(pk=build_id)
    builds.update(
        state=Build.State.SCHEDULED,
        publish_at=opened,
        ballots_open_at=opened,
        ballots_close_at=closes_at,
        tally_at=closes_at + timedelta(minutes=10),
        award_at=closes_at + timedelta(hours=10),
    )
    builds.update(state=Build.State.PUBLISHED, published_at=opened, frozen_at=opened)
