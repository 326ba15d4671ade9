"""Choosing how closely to watch a topic, a tag, a board."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from community.forum.domain import watching
from community.forum.finding import reader, watched_or_404
from community.forum.models import Watch


@login_required
@require_POST
def watch(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    what = watched_or_404(request, name, pk)
    level = request.POST.get("level", "")
    if level not in {str(value) for value in Watch.Level.values}:
        raise Http404
    watching.watch(
        member=reader(request), what=what, level=Watch.Level(int(level)), at=timezone.now()
    )
    return redirect(what)
