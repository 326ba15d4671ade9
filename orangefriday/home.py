"""The home page: where in the week we are, and what I can do now."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from awards.popcorn.models import Award
from awards.popcorn.queries import latest_awards
from community.builds.models import Build, Credit, Feature, Product
from community.forum.models import Topic
from community.members.models import Member
from feedback.fourgrid.models import Ballot, BallotDraft
from feedback.reports.models import VoteReport
from orangefriday import week

FEATURES_SHOWN = 3
TOPICS_SHOWN = 5
SIGNED = Prefetch("credits", Credit.objects.select_related("engineer__merged_into"))
CELLS = ("mood", "loved", "let_down", "wishes")


@dataclass(frozen=True, slots=True)
class MyWeek:
    """What one member has done with this week's ballot."""

    saved_at: datetime | None
    cells_drafted: int


def home(request: HttpRequest) -> HttpResponse:
    """Stage and countdown, this week's build, last week's winner, what is talked about."""
    at = timezone.now()
    current = week.remembered_build(at)
    build = current if current and current.published_at else _last_published()
    context: dict[str, object] = {
        "at": at,
        "current": current,
        "strip": week.strip(current, at) if current else None,
        "build": build,
        "award": _last_award(),
        "topics": _talked_about(),
        "is_open": build is not None and build.is_open_for_ballots(at),
    }
    if build:
        context |= _features_of(build)
    if isinstance(request.user, Member):
        context |= _mine(request.user, build)
    return render(request, "orangefriday/home.html", context)


def _last_published() -> Build | None:
    return Build.objects.public().select_related("product").order_by("-published_at").first()


def _features_of(build: Build) -> dict[str, object]:
    features = (
        Feature.objects.filter(build=build)
        .select_related("topic")
        .prefetch_related(SIGNED)
        .order_by("position")[:FEATURES_SHOWN]
    )
    counts = Feature.objects.filter(build=build).aggregate(
        features=Count("id", distinct=True), engineers=Count("credits__engineer", distinct=True)
    )
    return {
        "features": features,
        "more_features": max(counts["features"] - FEATURES_SHOWN, 0),
        "engineer_count": counts["engineers"],
    }


def _last_award() -> Award | None:
    """The latest week's; a correction of an older one is no news of this week."""
    return latest_awards().light().first()


def _talked_about() -> list[Topic]:
    return list(
        Topic.objects.visible()
        .select_related("author", "board")
        .order_by("-last_post_at", "-id")[:TOPICS_SHOWN]
    )


def _mine(member: Member, build: Build | None) -> dict[str, object]:
    products = list(Product.objects.filter(managers=member))
    unread = (
        VoteReport.objects.filter(is_final=True, build__product__in=products)
        .exclude(readings__member=member)
        .select_related("build")
        .order_by("-computed_at")[:2]
        if products
        else []
    )
    return {"mine": _my_week(member, build) if build else None, "unread_reports": unread}


def _my_week(member: Member, build: Build) -> MyWeek:
    saved = Ballot.objects.filter(member=member, build=build).values_list("saved_at", flat=True)
    draft = BallotDraft.objects.filter(member=member, build=build).values_list("content", flat=True)
    content = draft.first() or {}
    return MyWeek(saved.first(), sum(1 for cell in CELLS if content.get(cell)))
