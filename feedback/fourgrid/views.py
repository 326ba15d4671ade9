"""The ballot page: four grids to fill in, the receipt, and what is refused."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from community.builds.models import Build
from community.members.models import Member
from feedback.fourgrid import representation
from feedback.fourgrid.domain import drafts
from feedback.fourgrid.domain.answers import MOODS, Answers, InvalidAnswers
from feedback.fourgrid.domain.ballots import save_ballot
from feedback.fourgrid.domain.eligibility import obstacle
from feedback.fourgrid.domain.refusals import BallotRefused, Reason
from feedback.fourgrid.forms import FourGrids, posted
from feedback.fourgrid.models import Ballot
from feedback.fourgrid.queries import ballot_of, may_see_rough

MOOD_CHOICES = [{"value": name, "label": mood.label} for name, mood in MOODS.items()]
# What a member can still do something about: the form stays, a word says what to do.
CURABLE = {Reason.UNVERIFIED_ADDRESS, Reason.UNVERIFIED_INSTALL, Reason.NOT_OPEN}


@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HttpRequest, slug: str) -> HttpResponse:
    """My four-grid report on a build that is out."""
    build = get_object_or_404(Build.objects.public().select_related("product"), slug=slug)
    now = timezone.now()
    if isinstance(request.user, AnonymousUser):
        is_open = build.is_open_for_ballots(now)
        return render(request, "fourgrid/invitation.html", {"build": build, "is_open": is_open})
    if request.method == "POST":
        return _save(request, request.user, build, now)
    return _page(request, request.user, build, now)


def _save(request: HttpRequest, member: Member, build: Build, now: datetime) -> HttpResponse:
    """Save what the form without scripts sends; what is refused comes back with its reason."""
    raw = posted(request.POST)
    try:
        save_ballot(
            member_id=member.pk,
            build_id=build.pk,
            answers=Answers.parse(raw),
            build=build.version,
        )
    except InvalidAnswers as invalid:
        return _page(request, member, build, now, raw=raw, errors=invalid.errors)
    except BallotRefused as refused:
        return _page(request, member, build, now, raw=raw, refused=refused)
    return redirect("fourgrid:ballot", slug=build.slug)


def _page(
    request: HttpRequest,
    member: Member,
    build: Build,
    now: datetime,
    *,
    raw: Mapping[str, Any] | None = None,
    errors: Mapping[str, list[str]] | None = None,
    refused: BallotRefused | None = None,
) -> HttpResponse:
    mine = ballot_of(member, build)
    refused = refused or obstacle(member=member, build=build, at=now)
    draft = drafts.find(member_id=member.pk, build_id=build.pk)
    content = raw if raw is not None else _content(draft.content if draft else None, build, mine)
    context = {
        "build": build,
        "mine": mine,
        "receipt": bytes(mine.receipt).hex() if mine else "",
        "moods": MOOD_CHOICES,
        "form": FourGrids(build, content, errors),
        "draft_saved_at": draft.saved_at if draft else None,
        "refused": refused,
        "can_vote": refused is None or raw is not None or refused.reason in CURABLE,
        "may_see_rough": may_see_rough(member, build),
    }
    status = 200 if raw is None else 400
    return render(request, "fourgrid/ballot.html", context, status=status)


def _content(
    draft: Mapping[str, Any] | None, build: Build, mine: Ballot | None
) -> Mapping[str, Any]:
    """What the form begins with: the unsent draft, else the ballot as it stands."""
    if draft is not None:
        return draft
    return representation.of_stored(build.version, mine) if mine else {}
