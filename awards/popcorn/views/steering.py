"""What managers do with an award: announce, withhold, correct it, hide a quote."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from awards.popcorn import permissions
from awards.popcorn.domain import award as awards
from awards.popcorn.domain import quotes
from awards.popcorn.forms import CorrectionForm, ReasonForm
from awards.popcorn.models import Quote
from community.builds.models import Build
from community.builds.views.member import the_member


def steered_or_404(request: HttpRequest, slug: str) -> Build:
    """The build of a manager; for everybody else there is no such address."""
    build = get_object_or_404(Build.objects.select_related("product"), slug=slug)
    if not permissions.can_steer(request.user, build):
        raise Http404
    return build


def take(request: HttpRequest, step: Callable[[], object], done: str) -> None:
    """Take one step of the domain and say what happened."""
    try:
        step()
    except awards.AwardRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


def refuse(request: HttpRequest, form: forms.Form) -> None:
    """Say what is wrong with what was typed."""
    for errors in form.errors.values():
        messages.error(request, " ".join(str(error) for error in errors))


@login_required
@require_POST
def announce(request: HttpRequest, slug: str) -> HttpResponse:
    build, by = steered_or_404(request, slug), the_member(request)
    at = timezone.now()
    take(request, lambda: awards.announce(build_id=build.pk, at=at, by=by), _("The award is out."))
    return redirect("popcorn:award", slug)


@login_required
@require_POST
def withhold(request: HttpRequest, slug: str) -> HttpResponse:
    build, form = steered_or_404(request, slug), ReasonForm(request.POST)
    if not form.is_valid():
        refuse(request, form)
    else:
        typed, by = form.cleaned_data, the_member(request)
        take(
            request,
            lambda: awards.withhold(build_id=build.pk, **typed, by=by),
            _("The award is withheld. You can announce it at any time."),
        )
    return redirect("popcorn:award", slug)


@login_required
@require_POST
def correct(request: HttpRequest, slug: str) -> HttpResponse:
    build, form = steered_or_404(request, slug), CorrectionForm(request.POST)
    if not form.is_valid():
        refuse(request, form)
    else:
        typed, by, at = form.cleaned_data, the_member(request), timezone.now()
        take(
            request,
            lambda: awards.correct(build_id=build.pk, **typed, by=by, at=at),
            _("The award was computed again. The earlier one stays visible."),
        )
    return redirect("popcorn:award", slug)


@login_required
@require_POST
def hide_quote(request: HttpRequest, slug: str, quote_id: int) -> HttpResponse:
    """Take a quote off the page, or put it back (``show``)."""
    build = steered_or_404(request, slug)
    quote = get_object_or_404(
        Quote.objects.select_related("award"), pk=quote_id, award__build=build
    )
    is_hidden, by, at = "show" not in request.POST, the_member(request), timezone.now()
    quotes.set_hidden(quote=quote, is_hidden=is_hidden, by=by, at=at)
    messages.success(
        request, _("The quote is hidden.") if is_hidden else _("The quote is shown again.")
    )
    return redirect("popcorn:revision", slug, quote.award.revision)
