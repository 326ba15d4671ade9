"""The staff log, and taking acts back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.moderation import acts, permissions, queries
from community.moderation.desk import Desk
from community.moderation.domain import undoing
from community.moderation.models import LogEntry
from community.moderation.views.finding import at_the_desk, the_member


@require_safe
@at_the_desk
def log(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every act of staff, newest first, by act, person or thing."""
    if not permissions.may_read_log(request.user):
        raise Http404
    chosen = {name: request.GET.get(name, "") for name in ("act", "by", "subject")}
    lines, older = queries.log_lines(**chosen, before=request.GET.get("before", ""))
    context = {
        "lines": lines,
        "older": older,
        "chosen": chosen,
        "acts": acts.every(),
        "may_edit_words": permissions.may_edit_words(request.user),
        "may_read_log": True,
        "now": timezone.now(),
    }
    return render(request, "moderation/log.html", context)


@require_POST
@at_the_desk
def undo(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Take an act back: on one's own boards, once."""
    entry = get_object_or_404(LogEntry, pk=pk)
    if not desk.covers(entry.board):
        raise Http404
    try:
        undoing.undo(entry=entry, by=the_member(request), at=timezone.now())
    except undoing.CannotBeUndone:
        messages.warning(request, _("This cannot be taken back any more."))
    else:
        messages.success(request, _("It is as it was before."))
    reads_log = permissions.may_read_log(request.user)
    return redirect("moderation:log" if reads_log else "moderation:queue")
