"""Writing: new topics, replies, one's own words changed."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.forum import permissions
from community.forum.domain import posting
from community.forum.forms import EditForm, PostForm, TopicForm
from community.forum.views.finding import board_or_404, post_or_404, reader, topic_or_404
from community.forum.views.reading import topic_page

require_form_methods = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_form_methods
def new_topic(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    shown = board_or_404(request, slug)
    form = TopicForm(request.POST or None)
    may_open_topic = permissions.may_open_topic(request.user, shown, now)
    if form.is_valid() and may_open_topic:
        try:
            topic = posting.open_topic(
                board=shown, author=reader(request), at=now, **form.cleaned_data
            )
        except posting.PostingTooFast:
            form.add_error(None, _too_fast())
        else:
            return redirect(topic)
    context = {"board": shown, "form": form, "may_open_topic": may_open_topic, "now": now}
    return render(request, "forum/new_topic.html", context, status=200 if may_open_topic else 403)


def _too_fast() -> str:
    return _("You have written a lot within a minute. Wait a moment, then send it again.")


@login_required
@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    shown = topic_or_404(request, pk)
    form = PostForm(request.POST)
    if not permissions.may_reply(request.user, shown, now):
        form.add_error(None, _("You cannot reply here now."))
    if form.is_valid():
        try:
            post = posting.reply(topic=shown, author=reader(request), at=now, **form.cleaned_data)
        except posting.PostingTooFast:
            form.add_error(None, _too_fast())
        except posting.TopicLocked:
            form.add_error(None, _("The topic was locked a moment ago."))
        else:
            return redirect(post)
    last = shown.post_count  # what was typed is kept, below the last posts
    return topic_page(request, shown, form, last, status=422)


@login_required
@require_form_methods
def edit_post(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    shown = post_or_404(request, pk)
    if not permissions.may_edit(request.user, shown, now):
        raise Http404
    form = EditForm(request.POST or None, initial={"body": shown.body})
    if form.is_valid():
        posting.edit_post(post=shown, body=form.cleaned_data["body"], at=now)
        return redirect(shown)
    return render(request, "forum/edit_post.html", {"form": form, "post": shown})
