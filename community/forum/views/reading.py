"""Reading: boards, topics, the lasting address of a post."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.forum import permissions, queries
from community.forum.forms import PostForm
from community.forum.models import Board, Topic
from community.forum.views.finding import post_or_404, topic_or_404


@require_safe
def board_list(request: HttpRequest) -> HttpResponse:
    context = {"boards": queries.boards_with_last_topic(), "now": timezone.now()}
    return render(request, "forum/board_list.html", context)


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    shown = get_object_or_404(Board, slug=slug)
    context = {
        "board": shown,
        "list": queries.topics_of_board(shown, request.GET.get("before", "")),
        "may_open_topic": permissions.may_open_topic(request.user, shown, now),
        "now": now,
    }
    return render(request, "forum/board.html", context)


@require_safe
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    shown = topic_or_404(request, pk)
    return topic_page(request, shown, PostForm(), request.GET.get("page", "1"))


def topic_page(
    request: HttpRequest, topic: Topic, form: PostForm, page: str | int, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    shown = queries.posts_of_topic(topic, page)
    context = {
        "topic": topic,
        "posts": shown.posts,
        "page": shown.page,
        "form": form,
        "may_reply": permissions.may_reply(request.user, topic, now),
        "editable": permissions.editable(request.user, shown.posts, now),
        "moderates": permissions.moderates(request.user, topic.board),
        "now": now,
    }
    return render(request, "forum/topic.html", context, status=status)


@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """A lasting address for a post, whatever page it stands on."""
    return redirect(post_or_404(request, pk))
