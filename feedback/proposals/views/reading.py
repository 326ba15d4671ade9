"""Wishes to read: the list, each of them with its story, the plan of the coming builds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from feedback.proposals import permissions, ratings
from feedback.proposals.domain.writing import board_of_wishes
from feedback.proposals.models import Proposal
from feedback.proposals.queries import lists, rounds, stories
from feedback.proposals.queries.lists import MOST_VOTES, NEWEST, Asked
from feedback.proposals.views.finding import proposal_or_404

FILTERS = ("product", "status", "area", "device", "build", "by")
REPLIES_SHOWN = 3


@require_safe
def proposal_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    asked = asked_of(request)
    rows = lists.listed(asked, request.user)
    context = {
        "page": lists.page_of(rows, asked.sort, request.GET.get("after", "")),
        "asked": asked,
        "statuses": Proposal.Status.choices,
        "areas": lists.areas(asked.product),
        "devices": lists.devices(asked.product),
        "builds": lists.builds_with_wishes(asked.product),
        "products": lists.products_with_proposals(),
        "rounds": rounds.open_rounds(request.user, now),
        "can_propose": permissions.can_propose(request.user, board_of_wishes(), now),
        "to_decide": rounds.rounds_to_decide_by(request.user, now),
        "now": now,
    }
    return render(request, "proposals/list.html", context)


def asked_of(request: HttpRequest) -> Asked:
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    sort = MOST_VOTES if request.GET.get("sort") == MOST_VOTES else NEWEST
    return Asked(sort=sort, **chosen)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    proposal = proposal_or_404(request, pk)
    feature = proposal.shipped_as
    is_out = feature is not None and feature.build.published_at is not None
    context = {
        "proposal": proposal,
        "changes": stories.changes_of(proposal),
        "merged_here": stories.merged_here(proposal),
        "builders": stories.builders_of(proposal),
        "rating": ratings.rating_of(request, feature) if feature and is_out else "",
        "is_out": is_out,
        "rounds": rounds.open_rounds(request.user, now, proposal=proposal),
        "can_vote": permissions.can_vote(request.user, now),
        "can_answer": permissions.can_answer(request.user, proposal),
        "can_edit": permissions.can_edit(request.user, proposal, now),
        "replies": lists.own_topic_posts(proposal)[:REPLIES_SHOWN],
        "now": now,
    }
    return render(request, "proposals/detail.html", context)


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """What the coming builds are to bring, and what the last ones brought."""
    product = request.GET.get("product", "")
    context = {
        "coming": stories.plan(product),
        "shipped": stories.shipped_lately(product),
        "products": lists.products_with_proposals(),
        "product": product,
        "rounds": rounds.open_rounds(request.user, timezone.now()),
        "now": timezone.now(),
    }
    return render(request, "proposals/plan.html", context)
