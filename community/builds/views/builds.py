"""The archive and the page of one build."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.builds import permissions, queries
from community.builds.models import Build


def build_or_404(request: HttpRequest, slug: str) -> Build:
    """The build at an address; what one must not see is not there."""
    build = queries.builds_for(request.user).filter(slug=slug).first()
    if build is None or not permissions.can_see_build(request.user, build):
        raise Http404
    return build


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    build = build_or_404(request, slug)
    context = {"build": build, "features": queries.features_of(build)}
    return render(request, "builds/detail.html", context)
