"""The builds of the demo community: drafted, signed, scheduled and published, each in its week."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from community.builds.domain import week
from community.builds.models import Build, Credit, Feature, KnownIssue, Product
from orangefriday.demo.calendar import SHANGHAI, WEEK, Weeks
from orangefriday.demo.crowd import Cast
from orangefriday.demo.weeks import KNOWN_ISSUES, WEEKS, Change

FIRST_NUMBER = 293


def publish(product: Product, cast: Cast, index: int, released_on: date, plan: Weeks) -> Build:
    """A build that went out on its Friday; the window of the open one may close later."""
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


def schedule(product: Product, cast: Cast, plan: Weeks) -> None:
    """The build that is due next, and the empty one after it."""
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


def _move_close(build: Build, closes_at: datetime) -> None:
    later = closes_at - build.ballots_close_at if build.ballots_close_at else timedelta()
    edges = ("ballots_close_at", "tally_at", "award_at", "slot_returns_at")
    moves = {edge: getattr(build, edge) + later for edge in edges}
    week.move_edges(build_id=build.pk, moves=moves, at=build.created_at)
