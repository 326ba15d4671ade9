"""A poll on a page of its own: voting, results, who chose what, files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.text.whole import number
from feedback.polls import exporting, permissions, queries, showing
from feedback.polls.domain import voting
from feedback.polls.domain.refusals import Refused
from feedback.polls.forms import BadRanking, options_in
from feedback.polls.models import Poll
from feedback.polls.views.finding import poll_or_404, the_member


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return poll_page(request, poll_or_404(request, pk))


def poll_page(request: HttpRequest, poll: Poll, error: str = "", status: int = 200) -> HttpResponse:
    now = timezone.now()
    context = {
        "one": showing.shown_one(poll, request.user, now),
        "poll": poll,
        "error": error,
        "sent": request.POST if error else None,
        "manages": permissions.may_manage(request.user, poll),
        "now": now,
    }
    return render(request, "polls/detail.html", context, status=status)


@login_required
@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the vote of the form, or take it back; then back to where the poll stands."""
    poll = poll_or_404(request, pk)
    try:
        if "take_back" in request.POST:
            voting.take_back(poll_id=poll.pk, member=the_member(request))
            messages.success(request, _("Your vote is taken back."))
        else:
            chosen = options_in(request.POST)
            voting.vote(poll_id=poll.pk, member=the_member(request), options=chosen)
            messages.success(request, _("Your vote is counted. You can change it until the end."))
    except Poll.DoesNotExist as gone:
        raise Http404 from gone
    except (Refused, BadRanking) as refused:
        return poll_page(request, poll, str(refused), status=422)
    if "alone" in request.POST:
        return redirect(poll)
    return redirect(f"{poll.topic.get_absolute_url()}#poll-{poll.pk}")


@require_safe
def voters(request: HttpRequest, pk: int) -> HttpResponse:
    """Who chose what, where the poll is open about it and its reader may see results."""
    poll, now = poll_or_404(request, pk), timezone.now()
    voted = queries.has_voted(request.user, poll)
    if not permissions.may_see_voters(poll, now, has_voted=voted):
        raise Http404
    page = queries.voters_of(poll, number(request.GET.get("after", "")) or 0)
    return render(request, "polls/voters.html", {"poll": poll, "voters": page})


@require_safe
def export(request: HttpRequest, pk: int, name: str) -> StreamingHttpResponse:
    """The result, or the ballots, as a file: as far as its reader sees them on the page."""
    file = exporting.file_for(request.user, poll_or_404(request, pk), name, timezone.now())
    if file is None:
        raise Http404
    return file.response()
