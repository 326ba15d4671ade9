"""The boards, and the topics of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.forum import permissions
from community.forum.finding import board_or_404
from community.forum.queries import boards as queries
from community.forum.queries.lists import rows


@require_safe
def board_list(request: HttpRequest) -> HttpResponse:
    context = {"boards": queries.boards_with_last_topic(request.user), "now": timezone.now()}
    return render(request, "forum/board_list.html", context)


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    shown = board_or_404(request, slug)
    listed = queries.topics_of_board(shown, request.GET.get("before", ""))
    context = {
        "board": shown,
        "rows": rows(request.user, [*listed.pinned, *listed.topics]),
        "older": listed.older,
        "may_open_topic": permissions.may_open_topic(request.user, shown, now),
        "moderates": permissions.moderates(request.user, shown),
        "now": now,
    }
    return render(request, "forum/board.html", context)
