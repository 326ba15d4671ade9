"""An engineer's inbox: what came back about what they built, and an official reply to it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.builds.models import Engineer, Feature
from community.builds.views.member import the_member
from community.forum.models import Topic
from community.forum.queries.writing import draft_at
from community.forum.refusals import REFUSALS, said
from community.text.whole import number
from feedback.reports import queries
from feedback.reports.domain import inbox as letters
from feedback.reports.domain import notes, replying
from feedback.reports.domain.inbox import Letter
from feedback.reports.forms import OfficialReplyForm
from feedback.reports.models import FollowUp, InboxReply, Side
from feedback.reports.permissions import can_answer_voters, can_reply_in, has_inbox

NOTES_SHOWN = 20


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Verdicts, praise, complaints, thanks and notes; ?done are the notes that are done."""
    if not has_inbox(request.user):
        raise Http404
    member, now = the_member(request), timezone.now()
    is_done = "done" in request.GET
    shown, older = _page(queries.notes_to(member, is_done=is_done), request.GET.get("before", ""))
    told: list[Letter] = []
    older_builds: int | None = None
    if not is_done:
        told, older_builds = letters.inbox(member, number(request.GET.get("builds_before", "")))
    context = {
        "letters": told,
        "older_builds": older_builds,
        "notes": shown,
        "older": older,
        "is_done": is_done,
        "engineer": Engineer.objects.filter(member=member).first(),
    }
    page = render(request, "reports/inbox.html", context)
    # What is new stands on the page as new.
    notes.visit(member=member, at=now)
    notes.mark_read(member=member, notes=[note.pk for note in shown], at=now)
    return page


@login_required
@require_POST
def set_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Done with a note; ``done`` 0 takes it up again."""
    note = _note_or_404(request, pk)
    is_done = request.POST.get("done") != "0"
    notes.set_done(member=the_member(request), note=note, is_done=is_done, at=timezone.now())
    return redirect("reports:inbox")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reply_to_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a manager's note where everybody reads it."""
    note = _note_or_404(request, pk)
    write = partial(replying.reply_to_note, note=note)
    context = {"note": note, "feature": replying.feature_of(note), "build": note.report.build}
    return _reply(request, replying.topic_for(note), write, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reply_to_voters(request: HttpRequest, pk: int, side: str) -> HttpResponse:
    """Answer the praise of a change, or its problems."""
    known = Feature.objects.select_related("build__report", "topic__board", "build__topic__board")
    feature = get_object_or_404(known, pk=pk)
    if side not in Side.values or not can_answer_voters(request.user, feature):
        raise Http404
    write = partial(replying.reply_to_voters, feature=feature, side=side)
    entry = letters.entry_of(feature.build.report, feature)
    words = entry.praise if side == Side.LOVED else entry.complaints
    themes = [each for each in entry.themes if each[0].side == side]
    context = {"feature": feature, "build": feature.build, "words": words, "themes": themes}
    return _reply(request, replying.topic_of(feature), write, context | {"side": side})


def _reply(
    request: HttpRequest,
    topic: Topic | None,
    write: Callable[..., InboxReply],
    context: dict[str, Any],
) -> HttpResponse:
    if topic is None or not can_reply_in(request.user, topic, timezone.now()):
        raise Http404
    place = f"reply:{topic.pk}"
    form = OfficialReplyForm(
        request.POST or None,
        user=request.user,
        place=place,
        draft=draft_at(request.user, place),
        origin=f"{request.scheme}://{request.get_host()}",
        initial={"key": uuid4()},
    )
    if form.is_valid() and (made := _made(request, write, form)):
        messages.success(request, _("Your reply stands where everybody reads it."))
        return redirect(made.post)
    return render(request, "reports/reply.html", context | {"form": form, "topic": topic})


def _made(
    request: HttpRequest, write: Callable[..., InboxReply], form: OfficialReplyForm
) -> InboxReply | None:
    given, by = form.cleaned_data, the_member(request)
    try:
        return write(text=given["body"], key=given["key"], by=by, at=timezone.now())
    except REFUSALS as refused:
        form.add_error(None, said(refused))
    return None


def _note_or_404(request: HttpRequest, pk: int) -> FollowUp:
    """A note to the engineer who asks; nobody else's is there."""
    if not has_inbox(request.user):
        raise Http404
    own = FollowUp.objects.notes_to(the_member(request))
    known = own.select_related("report__build__topic__board", "theme", "made_by")
    return get_object_or_404(known, pk=pk)


def _page(notes: QuerySet[FollowUp], before: str) -> tuple[list[FollowUp], int | None]:
    """The newest notes, or those before one; and where the older ones begin."""
    if cursor := number(before):
        notes = notes.filter(pk__lt=cursor)
    found = list(notes[: NOTES_SHOWN + 1])
    shown = found[:NOTES_SHOWN]
    return shown, shown[-1].pk if len(found) > NOTES_SHOWN else None
