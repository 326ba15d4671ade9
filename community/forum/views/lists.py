"""Lists across boards: new, unread, mine, those that need an answer, tags."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.forum.finding import reader
from community.forum.models import Board, Kind, Tag
from community.forum.queries import lists
from community.forum.queries.boards import TopicList


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    shown = lists.new_topics(request.user, _filters(request), _before(request), now)
    return _page(request, _("New topics"), shown)


@login_required
@require_safe
def unread(request: HttpRequest) -> HttpResponse:
    shown = lists.unread_topics(reader(request), _filters(request), _before(request))
    return _page(request, _("Unread topics"), shown)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    shown = lists.my_topics(reader(request), _filters(request), _before(request))
    return _page(request, _("My topics"), shown)


@require_safe
def needs_an_answer(request: HttpRequest) -> HttpResponse:
    shown = lists.unanswered_topics(request.user, _filters(request), _before(request))
    return _page(request, _("Topics that need an answer"), shown)


@require_safe
def tag(request: HttpRequest, folded: str) -> HttpResponse:
    tag = get_object_or_404(Tag, folded=folded)
    shown = lists.topics_of_tag(request.user, _filters(request, tag.folded), _before(request))
    return _page(request, str(tag), shown, tag)


@require_safe
def tag_list(request: HttpRequest) -> HttpResponse:
    return render(request, "forum/tag_list.html", {"tags": lists.most_used_tags()})


class Narrowing:
    """What a list can be narrowed to, and what it is."""

    kinds = Kind.choices

    def __init__(self, request: HttpRequest, chosen: lists.Filters) -> None:
        self.chosen = chosen
        self._user = request.user

    @cached_property
    def boards(self) -> list[Board]:
        return list(Board.objects.readable_by(self._user).order_by("position", "pk"))


def _filters(request: HttpRequest, tag: str = "") -> lists.Filters:
    wanted = request.GET
    return lists.Filters(
        board=wanted.get("board", ""), tag=tag or wanted.get("tag", ""), kind=wanted.get("kind", "")
    )


def _before(request: HttpRequest) -> str:
    return request.GET.get("before", "")


def _page(
    request: HttpRequest, title: str, shown: TopicList, tag: Tag | None = None
) -> HttpResponse:
    context = {
        "title": title,
        "tag": tag,
        "rows": lists.rows(request.user, shown.topics),
        "older": shown.older,
        "narrowing": Narrowing(request, _filters(request)),
        "now": timezone.now(),
    }
    return render(request, "forum/topic_list.html", context)
