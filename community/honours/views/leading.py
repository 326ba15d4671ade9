"""Pages of what members have earned: levels and leaderboards."""

from datetime import datetime
from typing import cast

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.views.decorators.http import require_safe

from community.honours import panels, queries
from community.honours.domain.ranking import ALL_TIME, REGION, WEEK, boards
from community.honours.models import LEVELS, Place
from community.members.models import Member


@require_safe
def levels(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    opened = panels.privileges()
    context = {
        "ways": queries.ways(now),
        "levels": [
            {"number": number, "begins_at": start, "opens": opened.get(number, [])}
            for number, start in enumerate((0, *LEVELS))
        ],
        "progress": queries.progress_of(request.user) if request.user.is_authenticated else None,
    }
    return render(request, "honours/levels.html", context)


@login_required
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    member = cast("Member", request.user)
    context = {
        "history": queries.history_of(member, request.GET.get("before", "")),
        "progress": queries.progress_of(member),
    }
    return render(request, "honours/history.html", context)


class Leaders:
    """A leaderboard as every reader sees it, asked for when a copy of the page is made."""

    audience = "everybody"

    def __init__(self, name: str, region: str, at: datetime) -> None:
        self.name, self.region, self.at = name, region, at

    @cached_property
    def places(self) -> QuerySet[Place]:
        return queries.board(REGION if self.region else self.name, self.region)

    @property
    def regions(self) -> list[str]:
        return queries.regions() if self.name == ALL_TIME else []

    @property
    def boards(self) -> list[tuple[str, str | Promise]]:
        return boards()


@require_safe
def leaderboards(request: HttpRequest) -> HttpResponse:
    name, region = request.GET.get("board", WEEK), request.GET.get("region", "")[:40]
    if name not in dict(boards()) or (region and name != ALL_TIME) or "\0" in region:
        raise Http404
    return render(
        request, "honours/leaderboards.html", {"shared": Leaders(name, region, timezone.now())}
    )
