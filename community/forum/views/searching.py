"""Searching: the page, and its results alone while somebody types."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.forum.domain import misses
from community.forum.models import TITLE_LENGTH, Board, Kind
from community.forum.search import suggesting
from community.forum.search.asking import LONGEST_QUESTION
from community.forum.search.meaning import NEWEST, RELEVANCE, meaning_of
from community.forum.search.results import page_of
from community.forum.search.similar import similar_topics


@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results of ?q=…; htmx asks while somebody types and gets the results alone."""
    now = timezone.now()
    question = request.GET.get("q", "")
    after = request.GET.get("after", "")
    boards = list(Board.objects.readable_by(request.user).order_by("position", "pk"))
    meaning = meaning_of(question, now, boards)
    page = page_of(meaning, [board.pk for board in boards], now, after)
    things = [] if after else suggesting.found_by(meaning.text, request.user)
    is_typing = bool(request.headers.get("HX-Request"))
    if not (page.results or things or after or is_typing or page.is_cut_short):
        misses.record(question=meaning.text, on=timezone.localdate(now))
    context = {
        "meaning": meaning,
        "page": page,
        "things": things,
        "is_first_page": not after,
        "boards": boards,
        "kinds": [(kind.value, kind.label) for kind in Kind],
        "orders": (RELEVANCE, NEWEST),
        "longest": LONGEST_QUESTION,
        "now": now,
    }
    template = "forum/search.html#results" if is_typing else "forum/search.html"
    return render(request, template, context)


@login_required
@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """A fragment for the composer: topics like ?title=…, of its &build= and &device= first."""
    boards = Board.objects.readable_by(request.user).values_list("pk", flat=True)
    said = {name: request.GET.get(name, "")[:TITLE_LENGTH] for name in ("title", "build", "device")}
    topics = similar_topics(boards=list(boards), **said)
    return render(request, "forum/similar.html", {"topics": topics})
