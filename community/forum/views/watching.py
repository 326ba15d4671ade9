"""Choosing how closely to watch a topic, a tag, a board."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from community.forum import permissions
from community.forum.domain import watching
from community.forum.models import Board, Tag, Watch
from community.forum.queries.watching import Watched
from community.forum.views.finding import reader, topic_or_404


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


def watched_or_404(request: HttpRequest, name: str, pk: int) -> Watched:
    """The topic, tag or board that may be watched: what one may read."""
    if name == "topic":
        return topic_or_404(request, pk)
    if name == "tag":
        return get_object_or_404(Tag, pk=pk)
    board = get_object_or_404(Board, pk=pk) if name == "board" else None
    if board is None or not permissions.may_read_board(request.user, board):
        raise Http404
    return board
