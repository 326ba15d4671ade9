"""Weeks with ballots and awards, made deterministically.

The week is that of tests.community.builds.making, so many ``weeks`` later.
"""

import json
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pgtrigger
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from awards.popcorn.domain import award, bundle, canonical
from awards.popcorn.domain.result import Judgement
from awards.popcorn.models import Award, BundlePart
from community.builds.domain import week
from community.builds.models import Build, BuildSettings, Credit, Engineer, Feature, Product
from community.members.models import Member
from feedback.fourgrid.models import Ballot
from tests.community.builds.making import (
    AWARD,
    CLOSE,
    DRAFTED,
    FRIDAY,
    HOUR,
    MINUTE,
    PUBLISH,
    make_draft,
    make_engineers,
    make_member,
    make_product,
)
from tests.feedback.reports.making import close, put, vote

TALLIED = CLOSE + 10 * MINUTE
CHANGES = {
    "Call recording": ("林浩", "Mei"),
    "Themes": ("Mei",),
    "Battery saver": ("Raj",),
    "SMS search": ("Zoe",),
}


def manager_of(build: Build) -> Member:
    """A new manager of the build's product."""
    member = make_member()
    build.product.managers.add(member)
    return member


def open_week(
    product: Product | None = None,
    *,
    weeks: int = 0,
    changes: dict[str, tuple[str, ...]] | None = None,
    **fields: Any,
) -> Build:
    """A published build with changes and who signed them."""
    build = make_draft(product or make_product(), changes=0, **fields)
    signed = (changes or CHANGES).items()
    people = list(dict.fromkeys(name for _title, names in signed for name in names))
    engineers = dict(zip(people, make_engineers(*people), strict=True))
    listed = Feature.objects.bulk_create(
        Feature(build=build, position=at, title=title) for at, (title, _names) in enumerate(signed)
    )
    Credit.objects.bulk_create(
        Credit(feature=feature, engineer=engineers[name], share=Decimal(1) / len(names))
        for feature, (_title, names) in zip(listed, signed, strict=True)
        for name in names
    )
    later = timedelta(weeks=weeks)
    week.schedule(build_id=build.pk, release_on=FRIDAY + later, at=DRAFTED + later)
    week.publish(build_id=build.pk, at=PUBLISH + later)
    build.refresh_from_db()
    return build


def keep_knobs(build: Build, **changed: Any) -> None:
    """Other knobs than the build went out with, past the trigger that forbids it."""
    kept = BuildSettings.objects.get(build=build, section="award")
    with pgtrigger.ignore("builds.BuildSettings:buildsettings_stand"):
        BuildSettings.objects.filter(pk=kept.pk).update(values=kept.values | changed)


def feature_ids(build: Build) -> list[int]:
    """The changes of a build, in their order."""
    return list(build.features.order_by("position").values_list("pk", flat=True))


def judgements(build: Build, count: int, *, seed: int = 1) -> Iterable[Ballot]:
    """Ballots not saved yet; the earlier a change stands, the more it is loved."""
    random, features = Random(seed), feature_ids(build)
    for number in range(count):
        loved = [pk for at, pk in enumerate(features) if random.random() < 0.6 - 0.12 * at][:3]
        rest = [pk for pk in features if pk not in loved]
        yield vote(
            build,
            loved=loved,
            let_down=random.sample(rest, min(len(rest), random.randint(0, 1))),
            comments={f"feature:{loved[0]}": f"Well done, {number}!"} if loved else {},
            saved_at=PUBLISH + (number % 100) * HOUR,
        )


def closed_week(ballots: int = 120, **fields: Any) -> Build:
    """A closed and tallied build."""
    build = open_week(**fields)
    put(judgements(build, ballots), verified=0)
    close(build)
    build.refresh_from_db()
    return build


def computed_week(ballots: int = 120, **fields: Any) -> Award:
    """An award that waits for its hour."""
    build = closed_week(ballots, **fields)
    return award.compute(build_id=build.pk, at=build.tally_at or TALLIED)


def awarded_week(ballots: int = 120, **fields: Any) -> Award:
    """An award that is out."""
    build = computed_week(ballots, **fields).build
    return award.announce(build_id=build.pk, at=build.award_at or AWARD)


def pushed_week() -> Award:
    """An award that waits, with 40 ballots of one hour that push the same two of twelve changes."""
    build = open_week(changes={f"Change {n}": (f"Engineer {n}",) for n in range(12)})
    features = feature_ids(build)
    honest = (
        vote(build, loved=[features[n % 12]], saved_at=PUBLISH + (n % 20) * HOUR)
        for n in range(240)
    )
    pushers = (vote(build, loved=features[-2:], saved_at=PUBLISH + 3 * HOUR) for _ in range(40))
    put([*honest, *pushers], verified=0)
    close(build)
    return award.compute(build_id=build.pk, at=TALLIED)


def bundle_of(award: Award) -> bytes:
    """The whole file of an award."""
    parts = BundlePart.objects.filter(award=award).order_by("number")
    return b"".join(bytes(part) for part in parts.values_list("content", flat=True))


def as_kept(result: Judgement) -> dict[str, Any]:
    """A result as an award keeps it."""
    told: dict[str, Any] = json.loads(canonical.dump(bundle.result_fields(result)))
    return told


def engineer(name: str) -> Engineer:
    return Engineer.objects.get(name=name)


def queries_of(client: Client, address: str) -> int:
    """How many queries a page takes once the frame knows which week it is."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
