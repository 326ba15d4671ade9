"""What a build's page shows of ballots: the way to mine, and verdicts as far as allowed."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from community.builds.models import Build
from community.builds.permissions import can_publish
from community.honours.rules import ids
from community.members.models import Member
from feedback.fourgrid import queries
from feedback.fourgrid.models import Ballot

# Below this many voters a verdict says too much about each of them.
FEWEST_SHOWN = 5


def action(request: HttpRequest, build: Build) -> str:
    """The button to the four grids."""
    mine = queries.my_ballot(request.user, build)
    is_open = build.is_open_for_ballots(timezone.now())
    if not is_open and not mine:
        return ""
    context = {"build": build, "mine": mine, "is_open": is_open}
    return render_to_string("fourgrid/action.html", context)


def audience(request: HttpRequest, build: Build) -> str:
    """Whether a reader sees all verdicts, rough ones or none."""
    if queries.may_see_exact(request.user, build):
        return "exact"
    return "rough" if queries.may_see_rough(request.user, build) else "none"


def verdicts(request: HttpRequest, build: Build, feature_ids: Sequence[int]) -> Mapping[int, str]:
    """A line for each feature, as far as the build's rule lets this reader see results."""
    if queries.may_see_exact(request.user, build):
        return _exact(build, feature_ids, sees_all=can_publish(request.user, build))
    if queries.may_see_rough(request.user, build):
        rough = queries.rough_verdicts(build.pk)
        return {
            pk: render_to_string("fourgrid/rough.html", {"tenths": rough.get(pk)})
            for pk in feature_ids
        }
    return {}


def _exact(build: Build, feature_ids: Sequence[int], *, sees_all: bool) -> Mapping[int, str]:
    counts = {row.feature_id: row for row in queries.feature_counts(build)}
    context = {"is_provisional": queries.is_provisional(build)}
    return {
        pk: render_to_string(
            "fourgrid/verdict.html",
            context | {"count": row, "is_shown": sees_all or row.named >= FEWEST_SHOWN},
        )
        for pk in feature_ids
        if (row := counts.get(pk))
    }


def ballots_of(member: Member) -> tuple[str, int]:
    """How many four grids a member has filled in; never which, nor what is in them."""
    return _("ballots"), Ballot.objects.filter(member=member).count()


def voted_builds(sources: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    """The builds that experience was given for: name and address by source."""
    builds = Build.objects.filter(pk__in=ids(sources))
    return {
        f"build:{build.pk}": (str(build), reverse("builds:detail", args=[build.slug]))
        for build in builds.select_related("product")
    }
