"""Acts of moderators on one topic or on many."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from community.forum import permissions
from community.forum.domain import moderation
from community.forum.domain.moderation import bulk
from community.forum.finding import reader, topic_or_404
from community.forum.forms.acts import ActForm, SplitForm
from community.forum.models import Topic
from community.text.whole import numbers

MOST_TOPICS = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def moderate(request: HttpRequest, pk: int) -> HttpResponse:
    """What may be done to a topic."""
    topic = topic_or_404(request, pk)
    if not permissions.moderates(request.user, topic.board):
        raise Http404
    return _acts_page(request, [topic])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def moderate_many(request: HttpRequest) -> HttpResponse:
    """What may be done to the topics that were ticked."""
    sent = request.POST or request.GET
    ids = numbers(sent.getlist("topic"))[:MOST_TOPICS]
    found = Topic.objects.filter(pk__in=ids).select_related("board")
    topics = [t for t in found.order_by("pk") if permissions.may_read(request.user, t)]
    if not any(permissions.moderates(request.user, topic.board) for topic in topics):
        raise Http404
    return _acts_page(request, topics)


def _acts_page(request: HttpRequest, topics: Sequence[Topic]) -> HttpResponse:
    form = ActForm(request.POST or None, user=request.user)
    if form.is_valid() and _done(request, form, topics):
        return redirect(topics[0].board if len(topics) > 1 else topics[0])
    context = {
        "topics": topics,
        "topic": topics[0] if len(topics) == 1 else None,
        "form": form,
        "split_form": SplitForm(),
    }
    return render(request, "forum/moderate.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, form: ActForm, topics: Sequence[Topic]) -> bool:
    try:
        bulk.carry_out(order=form.order(), topics=topics, by=reader(request), at=timezone.now())
    except bulk.NotYours as refused:
        names = ", ".join(f"“{topic}”" for topic in refused.topics)
        said = _("Nothing was done: you do not moderate the board of %(topics)s.")
        form.add_error(None, said % {"topics": names})
        return False
    except moderation.CannotMerge:
        form.add_error("into", _("These topics cannot be merged."))
        return False
    count = len(topics)
    told = ngettext("Done to %(n)s topic.", "Done to %(n)s topics.", count)
    messages.success(request, told % {"n": count})
    return True


@login_required
@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    topic = topic_or_404(request, pk)
    if not permissions.moderates(request.user, topic.board):
        raise Http404
    form = SplitForm(request.POST)
    if form.is_valid():
        try:
            made = moderation.split(
                topic=topic,
                numbers=form.chosen(),
                title=form.cleaned_data["title"],
                board=topic.board,
                by=reader(request),
                at=timezone.now(),
            )
        except moderation.CannotSplit:
            form.add_error("numbers", _("These are not all posts that can leave the topic."))
        else:
            return redirect(made)
    context = {
        "topics": [topic],
        "topic": topic,
        "form": ActForm(user=request.user),
        "split_form": form,
    }
    return render(request, "forum/moderate.html", context, status=422)
