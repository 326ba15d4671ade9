"""Writing: new topics, replies, one's own words changed."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.forum import permissions
from community.forum.domain import posting
from community.forum.domain.editing import edit_post as edit
from community.forum.finding import board_or_404, post_or_404, reader, topic_or_404
from community.forum.forms import EditForm, PostForm, TopicForm, reply_form
from community.forum.limits import may_preview
from community.forum.looks import ClosedLook
from community.forum.models import Post, Topic
from community.forum.queries.writing import draft_at, quote_of
from community.forum.refusals import REFUSALS, said
from community.text.whole import number

require_form_methods = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_form_methods
def new_topic(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    shown = board_or_404(request, slug)
    kind = request.GET.get("kind", "")
    form = TopicForm(
        request.POST or None, board=shown, user=request.user, kind=kind, origin=_origin(request)
    )
    may_open_topic = permissions.may_open_topic(request.user, shown, now)
    if form.is_valid() and may_open_topic:
        try:
            topic = posting.open_topic(
                board=shown, author=reader(request), at=now, **form.cleaned_data
            )
        except REFUSALS as refused:
            form.add_error(None, said(refused))
        else:
            return redirect(topic)
    context = {"board": shown, "form": form, "may_open_topic": may_open_topic, "now": now}
    return render(request, "forum/new_topic.html", context, status=200 if may_open_topic else 403)


@login_required
@require_form_methods
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """A reply on a page of its own, so that quoting works without scripts; ?quote= is a post."""
    now = timezone.now()
    shown = topic_or_404(request, pk)
    form = _reply_form(request, shown)
    may_reply = permissions.may_reply(request.user, shown, now)
    if form.is_bound and not may_reply:
        form.add_error(None, _("You cannot reply here now."))
    if form.is_valid() and (post := _replied(request, shown, form)):
        return redirect(post)
    may_reply = may_reply or form.is_bound
    closed = ClosedLook.of(shown, now)
    context = {"topic": shown, "form": form, "may_reply": may_reply, "closed": closed, "now": now}
    status = 422 if form.is_bound else 200
    return render(request, "forum/reply_page.html", context, status=status)


def _reply_form(request: HttpRequest, topic: Topic) -> PostForm:
    options: dict[str, Any] = {"origin": _origin(request)}
    quoted = _post_of(topic, request.GET.get("quote"))
    if quoted:
        options |= {"quoted": quote_of(quoted), "initial": {"answers": quoted.pk}}
    return reply_form(request.user, topic, request.POST or None, **options)


def _replied(request: HttpRequest, topic: Topic, form: PostForm) -> Post | None:
    sent = dict(form.cleaned_data)
    answers = _post_of(topic, sent.pop("answers"))
    try:
        return posting.reply(
            topic=topic, author=reader(request), at=timezone.now(), answers=answers, **sent
        )
    except REFUSALS as refused:
        form.add_error(None, said(refused))
    return None


def _post_of(topic: Topic, pk: object) -> Post | None:
    """The post of a topic that everybody sees, if this is one."""
    answered = number(str(pk)) or 0
    return topic.posts.visible().select_related("author").filter(pk=answered).first()


@login_required
@require_safe
def quote(request: HttpRequest, pk: int) -> HttpResponse:
    """A post as the composer quotes it."""
    return HttpResponse(
        quote_of(post_or_404(request, pk)), content_type="text/plain; charset=utf-8"
    )


@login_required
@require_form_methods
def edit_post(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    shown = post_or_404(request, pk)
    if not permissions.may_edit(request.user, shown, now):
        raise Http404
    place = f"edit:{shown.pk}"
    draft = draft_at(request.user, place)
    form = EditForm(
        request.POST or None,
        user=request.user,
        initial={"body": draft.body if draft else shown.body},
        place=place,
        draft=draft,
        origin=_origin(request),
    )
    if form.is_valid():
        try:
            edit(post=shown, body=form.cleaned_data["body"], at=now)
        except REFUSALS as refused:
            form.add_error(None, said(refused))
        else:
            return redirect(shown)
    return render(request, "forum/edit_post.html", {"form": form, "post": shown})


@login_required
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What the words will look like, by the one way there is from words to HTML.

    With `?plain` as in private, where nobody is mentioned.
    """
    if not may_preview(reader(request).pk, timezone.now()):
        return HttpResponse(status=429)
    shown = EditForm({"body": request.POST.get("body", "")}, origin=_origin(request))
    post = Post()
    if shown.is_valid():
        post = posting.drawn(shown.cleaned_data["body"], names_nobody="plain" in request.GET)
    return render(request, "forum/preview.html", {"post": post})


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
