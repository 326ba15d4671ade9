"""Pages of the forum: boards, topics, posts."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.forum import permissions, queries
from community.forum.domain import moderation, posting
from community.forum.forms import EditForm, PostForm, TopicForm
from community.forum.models import Board, Post, Topic
from community.members.models import Member

require_form_methods = require_http_methods(["GET", "HEAD", "POST"])


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


@login_required
@require_form_methods
def new_topic(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    shown = get_object_or_404(Board, slug=slug)
    form = TopicForm(request.POST or None)
    may_open_topic = permissions.may_open_topic(request.user, shown, now)
    if form.is_valid() and may_open_topic:
        try:
            topic = posting.open_topic(
                board=shown, author=_author(request), at=now, **form.cleaned_data
            )
        except posting.PostingTooFast:
            form.add_error(None, _too_fast())
        else:
            return redirect(topic)
    context = {"board": shown, "form": form, "may_open_topic": may_open_topic, "now": now}
    return render(request, "forum/new_topic.html", context, status=200 if may_open_topic else 403)


def _author(request: HttpRequest) -> Member:
    return cast("Member", request.user)


def _too_fast() -> str:
    return _("You have written a lot within a minute. Wait a moment, then send it again.")


def _topic_or_404(request: HttpRequest, pk: int) -> Topic:
    topic = get_object_or_404(Topic.objects.select_related("board", "author"), pk=pk)
    if not permissions.may_read(request.user, topic):
        raise Http404
    return topic


def _post_or_404(request: HttpRequest, pk: int) -> Post:
    post = get_object_or_404(Post.objects.select_related("topic__board", "author"), pk=pk)
    may_see = post.hidden_at is None or permissions.moderates(request.user, post.topic.board)
    if not (may_see and permissions.may_read(request.user, post.topic)):
        raise Http404
    return post


@require_safe
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _topic_or_404(request, pk)
    return _topic_page(request, shown, PostForm(), request.GET.get("page", "1"))


def _topic_page(
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


@login_required
@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    shown = _topic_or_404(request, pk)
    form = PostForm(request.POST)
    if not permissions.may_reply(request.user, shown, now):
        form.add_error(None, _("You cannot reply here now."))
    if form.is_valid():
        try:
            post = posting.reply(topic=shown, author=_author(request), at=now, **form.cleaned_data)
        except posting.PostingTooFast:
            form.add_error(None, _too_fast())
        except posting.TopicLocked:
            form.add_error(None, _("The topic was locked a moment ago."))
        else:
            return redirect(post)
    last = shown.post_count  # what was typed is kept, below the last posts
    return _topic_page(request, shown, form, last, status=422)


@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """A lasting address for a post, whatever page it stands on."""
    return redirect(_post_or_404(request, pk))


@login_required
@require_form_methods
def edit_post(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    shown = _post_or_404(request, pk)
    if not permissions.may_edit(request.user, shown, now):
        raise Http404
    form = EditForm(request.POST or None, initial={"body": shown.body})
    if form.is_valid():
        posting.edit_post(post=shown, body=form.cleaned_data["body"], at=now)
        return redirect(shown)
    return render(request, "forum/edit_post.html", {"form": form, "post": shown})


@login_required
@require_POST
def hide_post(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _moderated_post(request, pk)
    moderation.hide_post(post=shown, at=timezone.now())
    messages.success(request, _("Nobody but moderators sees it now."))
    return redirect(shown)


@login_required
@require_POST
def show_post(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _moderated_post(request, pk)
    moderation.show_post(post=shown)
    messages.success(request, _("Everybody sees it again."))
    return redirect(shown)


def _moderated_post(request: HttpRequest, pk: int) -> Post:
    shown = _post_or_404(request, pk)
    if not permissions.moderates(request.user, shown.topic.board):
        raise Http404
    return shown


@login_required
@require_POST
def lock_topic(request: HttpRequest, pk: int) -> HttpResponse:
    return _set_locked(request, pk, is_locked=True)


@login_required
@require_POST
def unlock_topic(request: HttpRequest, pk: int) -> HttpResponse:
    return _set_locked(request, pk, is_locked=False)


def _set_locked(request: HttpRequest, pk: int, *, is_locked: bool) -> HttpResponse:
    shown = _topic_or_404(request, pk)
    if not permissions.moderates(request.user, shown.board):
        raise Http404
    moderation.set_locked(topic=shown, is_locked=is_locked)
    messages.success(request, _("Locked: nobody can reply.") if is_locked else _("Unlocked."))
    return redirect(shown)
