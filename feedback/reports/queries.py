"""Stored reports: whose they are to read, their slices, and those before them."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from community.builds.models import Build, Engineer, Feature, Product
from community.builds.permissions import managed_product_ids
from community.members.models import Member
from community.members.permissions import User, is_admin
from feedback.reports.models import (
    Dimension,
    FollowUp,
    ReportReading,
    ReportSlice,
    Theme,
    ThemeCorrection,
    VoteReport,
)


class Segment(NamedTuple):
    """One value of one dimension, as it stands in addresses."""

    dimension: Dimension
    value: str


class SliceSize(NamedTuple):
    """A slice to choose, without its content."""

    segment: Segment
    ballots: int


def products_for(user: User) -> QuerySet[Product]:
    """The products whose reports are somebody's to read."""
    products = Product.objects.order_by("name", "pk")
    return products if is_admin(user) else products.filter(pk__in=managed_product_ids(user))


def builds_for(user: User) -> QuerySet[Build]:
    """Published builds whose reports are somebody's to read."""
    builds = Build.objects.public().select_related("product")
    return builds if is_admin(user) else builds.filter(product__in=managed_product_ids(user))


def reports_for(member: Member) -> QuerySet[VoteReport]:
    """Those reports without their content; ``is_unread`` marks final ones not opened yet."""
    readings = ReportReading.objects.filter(report=OuterRef("pk"), member=member)
    reports = VoteReport.objects.filter(build__in=builds_for(member))
    return (
        reports.annotate(is_unread=~Exists(readings))
        .select_related("build__product")
        .defer("content")
        .order_by("-build__published_at", "-pk")
    )


def report_on(build: Build) -> VoteReport | None:
    """The report of a build, if there is one yet; the build is not asked for again."""
    report = VoteReport.objects.filter(build=build).first()
    if report:
        report.build = build
    return report


def slice_sizes(report: VoteReport) -> dict[Dimension, list[SliceSize]]:
    """The slices of each dimension to choose from, the largest first, "other" last."""
    found: dict[Dimension, list[SliceSize]] = {dimension: [] for dimension in Dimension}
    slices = ReportSlice.objects.filter(report=report)
    for dimension, value, ballots in slices.values_list("dimension", "value", "ballots"):
        segment = Segment(Dimension(dimension), value)
        found[segment.dimension].append(SliceSize(segment, ballots))
    return {dimension: sorted(sizes, key=_order) for dimension, sizes in found.items() if sizes}


def _order(size: SliceSize) -> tuple[bool, str, int, str]:
    dimension, value = size.segment
    # Levels stand in their own order.
    level = value if dimension == Dimension.LEVEL else ""
    return value == "other", level, -size.ballots, value


def earlier(build: Build, number: int) -> list[VoteReport]:
    """Final reports on the builds before this one, the latest first."""
    return list(VoteReport.objects.before(build).select_related("build")[:number])


def through_the_weeks(product: Product, channel: str, number: int) -> list[VoteReport]:
    """The latest final reports of a track, the oldest first."""
    reports = VoteReport.objects.final().filter(build__product=product, build__channel=channel)
    latest = reports.select_related("build").order_by("-build__published_at")[:number]
    return list(latest)[::-1]


def family_of(themes: list[int]) -> dict[int, list[int]]:
    """Each theme with those merged into it, and into them."""
    reports = Theme.objects.filter(pk__in=themes).values("report")
    pairs = Theme.objects.filter(report__in=reports).exclude(merged_into=None)
    under: dict[int, list[int]] = {}
    for pk, into in pairs.values_list("pk", "merged_into"):
        under.setdefault(into or 0, []).append(pk)
    return {pk: _with_those_under(pk, under) for pk in themes}


def _with_those_under(pk: int, under: dict[int, list[int]]) -> list[int]:
    return [pk, *(each for child in under.get(pk, []) for each in _with_those_under(child, under))]


def corrections_on(report: VoteReport, theme: Theme | None = None) -> QuerySet[ThemeCorrection]:
    """What managers put right on this report, or on one theme of it; the latest first."""
    standing = ThemeCorrection.objects.standing().filter(theme__report=report)
    if theme:
        standing = standing.filter(Q(theme=theme) | Q(other=theme))
    return standing.select_related("theme", "other", "made_by").order_by("-pk")


def engineers_for(
    report: VoteReport, feature: Feature | None, theme: Theme | None
) -> QuerySet[Engineer]:
    """Who built the feature, or what the theme speaks of; else everybody of the build."""
    features = [feature.pk] if feature else [pk for pk, _ in theme.features] if theme else []
    engineers = Engineer.objects.filter(credits__feature__build=report.build_id)
    named = engineers.filter(credits__feature__in=features)
    return (named if features else engineers).distinct().order_by("name_sort_key", "pk")


def follow_ups_of(
    report: VoteReport, theme: Theme | None = None, feature: Feature | None = None
) -> QuerySet[FollowUp]:
    """What became of a theme or feature, or of anything in the report; the latest first."""
    made = FollowUp.objects.filter(report=report).with_results().order_by("-pk")
    if theme:
        made = made.filter(theme=theme)
    if feature:
        made = made.filter(feature=feature)
    return made
