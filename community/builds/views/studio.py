"""The studio: a manager's builds by state, new drafts, and the steps of a week."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.builds import permissions, queries
from community.builds.domain import drafts, week
from community.builds.domain.refusals import Refused
from community.builds.forms.drafts import DraftForm, ReasonForm
from community.builds.models import Build
from community.builds.views.desk import Desk, managed_build_or_404
from community.builds.views.member import the_member

State = Build.State
UNDER_WAY = (State.PUBLISHED, State.SCHEDULED, State.DRAFT, State.CLOSED)
DONE_SHOWN = 20


@login_required
@require_safe
def studio(request: HttpRequest) -> HttpResponse:
    """What is under way and what is next, then what is done."""
    if not permissions.can_open_studio(request.user):
        raise Http404
    products = list(queries.products_of(request.user))
    builds = queries.with_build_counts(queries.builds_for(request.user)).filter(
        product__in=products
    )
    under_way = list(builds.filter(state__in=UNDER_WAY).order_by("publish_at", "pk"))
    done = builds.exclude(state__in=UNDER_WAY).order_by("-created_at", "-pk")[:DONE_SHOWN]
    unsigned, at = queries.unsigned_counts(under_way), timezone.now()
    desks = [Desk(build, unsigned[build.pk], at) for build in under_way]
    context = {
        "products": products,
        "groups": [
            (state, [desk for desk in desks if desk.build.state == state]) for state in UNDER_WAY
        ],
        "has_builds": bool(desks),
        "done": done,
        "claim_count": queries.waiting_claims(request.user).count(),
    }
    return render(request, "builds/studio.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_draft(request: HttpRequest) -> HttpResponse:
    if not permissions.can_open_studio(request.user):
        raise Http404
    form = DraftForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            build, is_new = drafts.create_draft(
                **form.cleaned_data, by=the_member(request), at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(getattr(refusal, "field", None), str(refusal))
        else:
            if not is_new:
                messages.info(request, _("%(build)s was here already.") % {"build": build})
            return redirect("builds:change_list", build.slug)
    return render(request, "builds/new_draft.html", {"form": form})


Step = Callable[[Build, str, datetime], bool]
STEPS: dict[str, Step] = {
    "hold": lambda build, reason, _at: week.hold(build_id=build.pk, reason=reason),
    "release": lambda build, _reason, _at: week.release(build_id=build.pk),
    "publish": lambda build, _reason, at: week.publish(build_id=build.pk, at=at, is_early=True),
    "extend": lambda build, _reason, at: week.extend(build_id=build.pk, at=at),
    "unschedule": lambda build, _reason, _at: week.unschedule(build_id=build.pk),
    "cancel": lambda build, reason, _at: week.cancel(build_id=build.pk, reason=reason),
    "restore": lambda build, _reason, _at: week.restore(build_id=build.pk),
    "recall": lambda build, reason, at: week.recall(build_id=build.pk, reason=reason, at=at),
}


def _done(step: str, build: Build) -> str:
    return {
        "hold": _("%(build)s is held: it goes out when you release it."),
        "release": _("%(build)s is released."),
        "publish": _("%(build)s is out."),
        "extend": _("The window of %(build)s has its lost time back."),
        "unschedule": _("%(build)s is a draft again."),
        "cancel": _("%(build)s is cancelled. You can restore it."),
        "restore": _("%(build)s is a draft again."),
        "recall": _("%(build)s is recalled. Its ballots are stopped."),
    }[step] % {"build": build}


@login_required
@require_POST
def take_step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """Hold, release, publish now, extend, back to draft, cancel, restore or recall."""
    build = managed_build_or_404(request, slug)
    if step not in STEPS:
        raise Http404
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["reason"])))
        return redirect("builds:change_list", build.slug)
    try:
        STEPS[step](build, form.cleaned_data["reason"], timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _done(step, build))
    return redirect("builds:change_list", build.slug)
