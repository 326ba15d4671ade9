"""Cards: what one sees of a build, a change, an engineer where somebody names it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.builds import permissions, queries
from community.builds.models import Engineer, Feature


@require_safe
def build_card(request: HttpRequest, slug: str) -> HttpResponse:
    build = queries.public_build(slug)
    if build is None:
        raise Http404
    context = {"build": build, "change_count": build.features.count()}
    return render(request, "builds/build_card.html", context)


@require_safe
def feature(request: HttpRequest, pk: int) -> HttpResponse:
    """A lasting address for a change: its place on the page of its build."""
    shown = _feature_or_404(pk)
    page = reverse("builds:detail", args=[shown.build.slug])
    return redirect(f"{page}#feature-{shown.pk}")


@require_safe
def feature_card(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "builds/feature_card.html", {"feature": _feature_or_404(pk)})


@require_safe
def engineer_card(request: HttpRequest, slug: str) -> HttpResponse:
    engineer = get_object_or_404(Engineer.objects.shown(), slug=slug)
    if not permissions.can_see_engineer(request.user, engineer):
        raise Http404
    context = {"engineer": engineer, "areas": queries.areas_of(engineer)[:3]}
    return render(request, "builds/engineer_card.html", context)


def _feature_or_404(pk: int) -> Feature:
    out = queries.features_out()
    return get_object_or_404(out, pk=pk)
