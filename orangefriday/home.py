"""The home page: where in the week we are, and what I can do now."""

from datetime import datetime

from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import cached_property

from awards.popcorn.models import Award
from awards.popcorn.queries import latest_awards
from community.builds.models import Build, Credit, Feature
from community.builds.permissions import managed_product_ids
from community.forum.models import Topic
from community.members.models import Member
from feedback.fourgrid.queries import NO_BALLOT, MyBallot, my_ballot
from feedback.reports.models import VoteReport
from orangefriday import week
from orangefriday.display.week import WeekStrip

FEATURES_SHOWN = 3
TOPICS_SHOWN = 5
REPORTS_SHOWN = 2
SIGNED = Prefetch("credits", Credit.objects.select_related("engineer__merged_into"))


class ThisWeek:
    """What every reader of the home page sees, each part asked for when the page comes to it."""

    audience = "everybody"

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.current = week.remembered_build(at)

    @property
    def strip(self) -> WeekStrip | None:
        return week.strip(self.current, self.at) if self.current else None

    @cached_property
    def build(self) -> Build | None:
        """The build of the week once it is out; before, the last one that went out."""
        if self.current and self.current.published_at:
            return self.current
        return Build.objects.public().select_related("product").order_by("-published_at").first()

    @property
    def is_open(self) -> bool:
        return self.build is not None and self.build.is_open_for_ballots(self.at)

    @property
    def features(self) -> QuerySet[Feature]:
        return (
            Feature.objects.filter(build=self.build)
            .select_related("topic")
            .prefetch_related(SIGNED)
            .order_by("position")[:FEATURES_SHOWN]
        )

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many features and engineers the build has, and how many features are not shown."""
        counts = Feature.objects.filter(build=self.build).aggregate(
            features=Count("id", distinct=True),
            engineers=Count("credits__engineer", distinct=True),
        )
        return counts | {"more": max(counts["features"] - FEATURES_SHOWN, 0)}

    @cached_property
    def award(self) -> Award | None:
        """The latest week's; a correction of an older one is no news of this week."""
        return latest_awards().light().first()

    @property
    def topics(self) -> QuerySet[Topic]:
        topics = Topic.objects.readable_by_everybody().select_related("author", "board")
        return topics.order_by("-last_post_at", "-id")[:TOPICS_SHOWN]


class MyWeek:
    """What one member has done this week and may do now."""

    def __init__(self, member: Member, build: Build | None) -> None:
        self.member = member
        self.build = build

    @cached_property
    def ballot(self) -> MyBallot:
        return my_ballot(self.member, self.build) if self.build else NO_BALLOT

    @property
    def unread_reports(self) -> QuerySet[VoteReport]:
        """The newest reports of the member's products that they have not opened yet."""
        products = managed_product_ids(self.member)
        if not products:
            return VoteReport.objects.none()
        return (
            VoteReport.objects.filter(is_final=True, build__product__in=products)
            .exclude(readings__member=self.member)
            .select_related("build")
            .order_by("-computed_at")[:REPORTS_SHOWN]
        )


def home(request: HttpRequest) -> HttpResponse:
    """Stage and countdown, this week's build, last week's winner, what is talked about."""
    this_week = ThisWeek(timezone.now())
    member = request.user
    mine = MyWeek(member, this_week.build) if isinstance(member, Member) else None
    return render(request, "orangefriday/home.html", {"shared": this_week, "mine": mine})
