"""Products, engineers and builds for tests, made through the domain.

The week of every build made here is that of Friday 20 November 2026 in Shanghai, 17:00 there
being 09:00 UTC.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils.text import slugify

from community.builds.domain import drafts, engineers, features, week
from community.builds.domain.features import Change
from community.builds.models import (
    Build,
    Credit,
    Engineer,
    EngineerName,
    Feature,
    Product,
    name_key,
)
from community.members.models import Member
from community.text.pinyin import sort_key

FRIDAY = date(2026, 11, 20)
DRAFTED = datetime(2026, 11, 2, 9, tzinfo=UTC)
FREEZE = datetime(2026, 11, 18, 12, tzinfo=UTC)
PUBLISH = datetime(2026, 11, 20, 9, tzinfo=UTC)
CLOSE = datetime(2026, 11, 24, 16, tzinfo=UTC)
AWARD = datetime(2026, 11, 25, 2, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
State = Build.State
PERSON = EngineerName.Kind.PERSON

numbers = count(1)


def make_member(name: str = "", **fields: Any) -> Member:
    name = name or f"member{next(numbers)}"
    member = Member(username=name, date_joined=DRAFTED, **fields)
    member.take_name(name)
    member.save()
    return member


def make_product(slug: str = "", *, managers: tuple[Member, ...] = (), **fields: Any) -> Product:
    slug = slug or f"product-{next(numbers)}"
    product = Product.objects.create(slug=slug, name=fields.pop("name", slug.title()), **fields)
    product.managers.set(managers)
    return product


def make_engineer(name: str = "林浩", *, handle: str = "", **fields: Any) -> Engineer:
    engineer = engineers.find_or_create(name=name, handle=handle, at=DRAFTED)
    if fields:
        Engineer.objects.filter(pk=engineer.pk).update(**fields)
        engineer.refresh_from_db()
    return engineer


def make_engineers(*names: str) -> list[Engineer]:
    """Those who go by these names, in few statements; who is missing is made."""
    by_name = EngineerName.objects.filter(kind=PERSON, text__in=names)
    found = {known.text: known.engineer for known in by_name.select_related("engineer")}
    new = Engineer.objects.bulk_create(
        Engineer(
            name=name,
            name_sort_key=sort_key(name),
            slug=slugify(name, allow_unicode=True),
            created_at=DRAFTED,
        )
        for name in names
        if name not in found
    )
    EngineerName.objects.bulk_create(
        EngineerName(engineer=one, kind=PERSON, text=one.name, key=name_key(one.name))
        for one in new
    )
    found |= {engineer.name: engineer for engineer in new}
    return [found[name] for name in names]


def add_feature(build: Build, *by: str | Engineer, title: str = "", **fields: Any) -> Feature:
    """A change signed in equal shares by engineers, or by those of a name."""
    title = title or f"Change {next(numbers)}"
    feature = features.add_feature(build_id=build.pk, change=Change(title=title, **fields))
    signers = [make_engineer(one) if isinstance(one, str) else one for one in by]
    signed: dict[int, Decimal | None] = {engineer.pk: None for engineer in signers}
    features.set_credits(feature=feature, shares=signed)
    return feature


def make_draft(product: Product | None = None, *, changes: int = 2, **fields: Any) -> Build:
    """A draft with changes, each signed by 林浩 and Mei."""
    product = product or make_product()
    version = fields.pop("version", f"6.11.{next(numbers)}")
    build, _is_new = drafts.create_draft(product=product, version=version, at=DRAFTED, **fields)
    if changes:
        _add_changes(build, changes)
    return build


def _add_changes(build: Build, number: int) -> None:
    """All at once, as few statements: most tests ask only that there are some."""
    by = make_engineers("林浩", "Mei")
    added = Feature.objects.bulk_create(
        Feature(build=build, position=position, title=f"Change {next(numbers)}")
        for position in range(1, number + 1)
    )
    Credit.objects.bulk_create(
        Credit(feature=feature, engineer=engineer, share=Decimal("0.5"))
        for feature in added
        for engineer in by
    )


def make_build(
    state: Build.State = State.PUBLISHED, product: Product | None = None, **fields: Any
) -> Build:
    """A build that has come as far as ``state``, each step at its hour."""
    release_on = fields.pop("release_on", FRIDAY)
    later = release_on - FRIDAY
    build = make_draft(product, **fields)
    if state == State.CANCELLED:
        week.cancel(build_id=build.pk, reason="Not this week.")
    elif state != State.DRAFT:
        week.schedule(build_id=build.pk, release_on=release_on, at=DRAFTED + later)
    if state not in {State.DRAFT, State.SCHEDULED, State.CANCELLED}:
        week.publish(build_id=build.pk, at=PUBLISH + later)
    if state == State.RECALLED:
        week.recall(build_id=build.pk, reason="It does not start.", at=PUBLISH + later + HOUR)
    if state in {State.CLOSED, State.AWARDED}:
        week.close(build_id=build.pk, at=CLOSE + later)
    if state == State.AWARDED:
        week.mark_awarded(build_id=build.pk)
    build.refresh_from_db()
    return build
