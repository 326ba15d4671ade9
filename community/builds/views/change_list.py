"""The change list in the studio: changes, their order, who built them."""

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.builds import permissions, queries
from community.builds.domain import features, signing
from community.builds.domain.features import Change, Removed
from community.builds.domain.refusals import Refused
from community.builds.forms.changes import (
    CreditFormSet,
    FeatureForm,
    SignForm,
    credit_rows,
    typed_credits,
)
from community.builds.models import Build, Feature
from community.builds.views.desk import desk_of, managed_build_or_404

# The session keeps the last change taken out, so that it can be put back.
REMOVED = "builds.removed"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The changes in their order; a POST signs those nobody is named for yet."""
    build = managed_build_or_404(request, slug)
    listed = list(queries.features_of(build))
    unsigned = [feature for feature in listed if not feature.credits.all()]
    form = SignForm(request.POST or None, features=unsigned)
    if request.method == "POST" and form.is_valid():
        try:
            signing.sign_all(named=form.named(), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("builds:change_list", build.slug)
    removed = request.session.get(REMOVED)
    context = {
        "desk": desk_of(build),
        "build": build,
        "features": listed,
        "sign_form": form if unsigned else None,
        "names": _names(build) if unsigned else [],
        "removed": removed if removed and removed["build_id"] == build.pk else None,
    }
    return render(request, "builds/change_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_change(request: HttpRequest, slug: str) -> HttpResponse:
    return _edit(request, managed_build_or_404(request, slug), None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_change(request: HttpRequest, slug: str, feature_id: int) -> HttpResponse:
    build = managed_build_or_404(request, slug)
    return _edit(request, build, get_object_or_404(build.features, pk=feature_id))


def _edit(request: HttpRequest, build: Build, feature: Feature | None) -> HttpResponse:
    if not permissions.can_still_change(build):
        raise Http404
    form = FeatureForm(request.POST or None, initial=_said_of(feature))
    rows = CreditFormSet(request.POST or None, initial=credit_rows(feature), prefix="credits")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            _save(build, feature, form.change(), typed_credits(rows.cleaned_data))
        except Refused as refusal:
            _show(refusal, form)
        else:
            again = "another" in request.POST
            return redirect("builds:new_change" if again else "builds:change_list", build.slug)
    context = {
        "desk": desk_of(build),
        "build": build,
        "feature": feature,
        "form": form,
        "rows": rows,
        "names": _names(build),
        "areas": queries.areas(Build.objects.filter(product=build.product)),
    }
    return render(request, "builds/change.html", context)


def _said_of(feature: Feature | None) -> dict[str, object]:
    if feature is None:
        return {}
    said = {name: getattr(feature, name) for name in ("title", "area", "kind", "body")}
    return said | {"references": ", ".join(feature.references)}


def _save(
    build: Build, feature: Feature | None, change: Change, typed: list[signing.Typed]
) -> None:
    at = timezone.now()
    if feature is None:
        signing.add_signed(build_id=build.pk, change=change, typed=typed, at=at)
    else:
        signing.edit_signed(feature=feature, change=change, typed=typed, at=at)


def _show(refusal: Refused, form: forms.Form) -> None:
    """Put a refusal where it belongs: at its field, else above the form."""
    field = getattr(refusal, "field", None)
    form.add_error(field if field in form.fields else None, str(refusal))


def _names(build: Build) -> list[str]:
    """Whom the product's managers have named before: offered while typing."""
    known = queries.engineers_of(build.product).order_by("name_sort_key")
    return list(known.values_list("name", flat=True))


@login_required
@require_POST
def move_change(request: HttpRequest, slug: str, feature_id: int) -> HttpResponse:
    """One place up (``by=-1``) or down."""
    build = managed_build_or_404(request, slug)
    feature = get_object_or_404(build.features, pk=feature_id)
    try:
        features.move(feature=feature, by=-1 if request.POST.get("by") == "-1" else 1)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("builds:change_list", build.slug)


@login_required
@require_POST
def remove_change(request: HttpRequest, slug: str, feature_id: int) -> HttpResponse:
    """Take a change out; the page then offers to put it back."""
    build = managed_build_or_404(request, slug)
    feature = build.features.filter(pk=feature_id).first()
    if feature is None:  # a doubled click
        return redirect("builds:change_list", build.slug)
    try:
        removed = features.remove_feature(feature=feature)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        request.session[REMOVED] = _kept(removed)
    return redirect("builds:change_list", build.slug)


@login_required
@require_POST
def put_change_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Put back the change that was taken out last."""
    build = managed_build_or_404(request, slug)
    kept = request.session.get(REMOVED)
    if kept and kept["build_id"] == build.pk:
        try:
            features.put_back(removed=_removed(kept))
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            del request.session[REMOVED]
            messages.success(request, _("The change is back in its place."))
    return redirect("builds:change_list", build.slug)


def _kept(removed: Removed) -> dict[str, Any]:
    """A removed change as the session keeps it."""
    return asdict(removed) | {"shares": {str(pk): str(n) for pk, n in removed.shares.items()}}


def _removed(kept: dict[str, Any]) -> Removed:
    change = kept["change"] | {"references": tuple(kept["change"]["references"])}
    shares = {int(pk): Decimal(share) for pk, share in kept["shares"].items()}
    return Removed(kept["build_id"], kept["position"], Change(**change), shares)
