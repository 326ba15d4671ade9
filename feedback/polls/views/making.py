"""Making polls and looking after them."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.forum.finding import topic_or_404
from community.media.domain.pictures import PictureRefused
from feedback.polls import permissions, queries
from feedback.polls.domain import closing, hiding, making
from feedback.polls.domain.refusals import Refused
from feedback.polls.forms import OptionForm, PictureForm, PollForm
from feedback.polls.models import Poll
from feedback.polls.views.finding import managed_or_404, poll_or_404, the_member


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_poll(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a poll into a topic."""
    topic, now = topic_or_404(request, pk), timezone.now()
    if not permissions.may_make(request.user, topic, now):
        raise Http404
    form = PollForm(request.POST or None, at=now)
    if form.is_valid():
        try:
            poll = making.make_poll(
                topic=topic, question=form.question(), by=the_member(request), at=now
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(f"{topic.get_absolute_url()}#poll-{poll.pk}")
    status = 422 if form.is_bound else 200
    return render(request, "polls/new.html", {"topic": topic, "form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an option; and the ways to give pictures, end and withdraw."""
    poll = managed_or_404(request, pk)
    form = OptionForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _did(
        request,
        lambda: making.add_option(
            poll=poll, by=the_member(request), at=timezone.now(), **form.cleaned_data
        ),
        _("The option is there. Votes stay as they are."),
    ):
        return redirect("polls:manage", pk=poll.pk)
    return _manage_page(request, poll, form, status=422 if form.is_bound else 200)


@login_required
@require_POST
def put_picture(request: HttpRequest, pk: int, option: int) -> HttpResponse:
    poll = managed_or_404(request, pk)
    chosen = get_object_or_404(poll.options.select_related("poll__topic__board"), pk=option)
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose a picture of at most 8 MB."))
    else:
        _did(
            request,
            lambda: making.put_picture(
                option=chosen,
                file=form.cleaned_data["file"],
                by=the_member(request),
                at=timezone.now(),
            ),
            _("The picture is there."),
        )
    return redirect("polls:manage", pk=poll.pk)


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a poll now."""
    poll = managed_or_404(request, pk)
    _did(request, lambda: closing.end(poll_id=poll.pk), _("The poll has closed."))
    return redirect(poll)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a poll out of its topic."""
    poll = poll_or_404(request, pk)
    if not permissions.may_manage(request.user, poll):
        raise Http404
    may_drop_votes = permissions.may_hide(request.user, poll)
    if _did(
        request,
        lambda: making.withdraw(
            poll=poll, by=the_member(request), at=timezone.now(), may_drop_votes=may_drop_votes
        ),
        _("The poll is withdrawn."),
    ):
        return redirect(poll.topic)
    return redirect("polls:manage", pk=poll.pk)


@login_required
@require_POST
def set_hidden(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of sight with `hide`, else back; for moderators of the board."""
    poll, by, now = poll_or_404(request, pk), the_member(request), timezone.now()
    if not permissions.may_hide(request.user, poll):
        raise Http404
    if "hide" in request.POST:
        hiding.hide(poll=poll, by=by, at=now)
        messages.success(request, _("The poll is hidden; its votes stay."))
    else:
        hiding.show(poll=poll, by=by, at=now)
        messages.success(request, _("Everybody sees the poll again."))
    return redirect("polls:manage", pk=poll.pk)


def _did(request: HttpRequest, act: Callable[[], object], sentence: str) -> bool:
    """Do something and say so, or say why not."""
    try:
        act()
    except (Refused, PictureRefused) as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, sentence)
    return True


def _manage_page(request: HttpRequest, poll: Poll, form: OptionForm, status: int) -> HttpResponse:
    now = timezone.now()
    context = {
        "poll": poll,
        "options": poll.options.select_related("picture").order_by("place"),
        "form": form,
        "is_over": poll.is_over(now),
        "is_open": poll.is_open(now),
        "has_votes": queries.is_voted(poll),
        "may_hide": permissions.may_hide(request.user, poll),
        "now": now,
    }
    return render(request, "polls/manage.html", context, status=status)
