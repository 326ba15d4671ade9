"""Stored reports: whose they are to read, their slices, and those before them."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from community.builds.models import Build, Engineer, Feature, Product
from community.builds.permissions import managed_product_ids
from community.forum.models import Post
from community.members.models import Member
from community.members.permissions import User, is_admin
from community.members.prepared import Statement
from feedback.reports.models import (
    Dimension,
    FollowUp,
    InboxReply,
    ReportReading,
    ReportSlice,
    Theme,
    ThemeCorrection,
    VoteReport,
)

# Asked on every page of an engineer: notes not read, and builds counted since the last visit.
_NEW_IN_INBOX = Statement(
    "reports_new_in_inbox",
    """
    WITH own AS (
        SELECT id FROM builds_engineer
         WHERE member_id = $1
            OR merged_into_id IN (SELECT id FROM builds_engineer WHERE member_id = $1)
    )
    SELECT (SELECT count(*) FROM reports_followup
             WHERE engineer_id IN (SELECT id FROM own) AND kind = 'note' AND read_at IS NULL)
         + (SELECT count(DISTINCT report.id)
              FROM builds_credit AS credit
              JOIN builds_feature AS feature ON feature.id = credit.feature_id
              JOIN reports_votereport AS report USING (build_id)
             WHERE credit.engineer_id IN (SELECT id FROM own) AND report.is_final
               AND report.computed_at > coalesce(
                   (SELECT visited_at FROM reports_inboxvisit WHERE member_id = $1), '-infinity'))
        AS new
    """,
)


# Asked on every page of a report.
_MADE_OF_IT = Statement(
    "reports_made_of_it",
    """
    SELECT EXISTS (SELECT FROM reports_reportreading WHERE report_id = $1 AND member_id = $2)
               AS is_read,
           EXISTS (SELECT FROM reports_followup WHERE report_id = $1) AS is_followed_up
    """,
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


class MadeOfIt(NamedTuple):
    """Whether a member has read a report, and whether anybody followed anything up."""

    is_read: bool
    is_followed_up: bool


def made_of(report: VoteReport, member: Member) -> MadeOfIt:
    """What became of a report, as far as its page asks; not what has to be joined for it."""
    row = _MADE_OF_IT.row(report.pk, member.pk)
    assert row  # noqa: S101 - there always is one
    return MadeOfIt(row["is_read"], row["is_followed_up"])


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
    """Final reports on the builds before this one without their content, the latest first."""
    return list(VoteReport.objects.before(build).named()[:number])


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


def corrections_made(product: Product) -> str:
    """Another text after every correction on the product's reports, and after every undoing."""
    made = ThemeCorrection.objects.filter(theme__report__build__product=product)
    return "{}.{}".format(*made.aggregate(made=Count("pk"), undone=Count("undone_at")).values())


def engineers_for(
    report: VoteReport, feature: Feature | None, theme: Theme | None
) -> QuerySet[Engineer]:
    """Who built the feature, or what the theme speaks of; else everybody of the build."""
    features = [feature.pk] if feature else [pk for pk, _ in theme.features] if theme else []
    engineers = Engineer.objects.filter(credits__feature__build=report.build_id)
    named = engineers.filter(credits__feature__in=features)
    return (named if features else engineers).distinct().order_by("name_sort_key", "pk")


def follow_ups_of(
    report: VoteReport,
    theme: Theme | None = None,
    feature: Feature | None = None,
    comment: tuple[int, str] | None = None,
) -> QuerySet[FollowUp]:
    """What became of a theme, a feature, a comment (ballot and place), or of anything in the
    report; the latest first."""
    made = FollowUp.objects.filter(report=report).with_results().order_by("-pk")
    made = made.prefetch_related(Prefetch("replies", _replies()))
    if theme:
        made = made.filter(theme=theme)
    if feature:
        made = made.filter(feature=feature)
    if comment:
        made = made.filter(ballot=comment[0], place=comment[1])
    return made


def new_in_inbox(member: Member) -> int:
    """How much came into an engineer's inbox since it was opened last."""
    row = _NEW_IN_INBOX.row(member.pk)
    return row["new"] if row else 0


def notes_to(member: Member, *, is_done: bool = False) -> QuerySet[FollowUp]:
    """An engineer's notes that are open, or done; the latest first."""
    notes = FollowUp.objects.notes_to(member).filter(done_at__isnull=not is_done)
    return notes.select_related("made_by", "report__build", "feature", "theme").prefetch_related(
        Prefetch("replies", _replies())
    )


def replies_by_feature(features: Iterable[int]) -> dict[int, list[InboxReply]]:
    """What was replied to the voters of each change, in order; one query."""
    found: dict[int, list[InboxReply]] = {}
    for each in _replies().filter(feature__in=list(features), note=None):
        found.setdefault(each.feature_id or 0, []).append(each)
    return found


def _replies() -> QuerySet[InboxReply]:
    """Replies that everybody may read, in order."""
    seen = InboxReply.objects.filter(post__in=Post.objects.visible())
    return seen.select_related("post__topic", "made_by").order_by("pk")
