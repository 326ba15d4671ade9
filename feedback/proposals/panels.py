"""What wishes show on other rooms' pages: whose wish a change was, and what a topic became."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.builds.models import Build
from community.forum.models import Board, Topic
from community.forum.queries.rows import columns, taken
from community.honours.rules import ids
from community.members.prepared import Listing
from feedback.proposals.models import Proposal
from feedback.proposals.queries.lists import wished_features

# Every hit of a topic on a board of ideas asks.
_OF_TOPIC = Listing(
    "proposals_of_topic",
    f"SELECT {columns(Proposal, 'wish')}, {columns(Build, 'build')}"  # noqa: S608 - our own words
    " FROM proposals_proposal AS wish LEFT JOIN builds_build AS build"
    " ON build.id = wish.accepted_for_id WHERE wish.topic_id = $1",
)


def wished_as(_request: HttpRequest, _build: Build, feature_ids: Sequence[int]) -> dict[int, str]:
    """For each feature that fulfils wishes, who wished for it and how many with them."""
    wishes: dict[int, list[Proposal]] = {}
    for proposal in wished_features(feature_ids):
        if proposal.shipped_as_id is not None:
            wishes.setdefault(proposal.shipped_as_id, []).append(proposal)
    return {
        feature: format_html_join(" ", "{}", ((_link(wish),) for wish in fulfilled))
        for feature, fulfilled in wishes.items()
    }


def _link(wish: Proposal) -> SafeString:
    if not wish.author:
        words = _("you asked for it")
    elif wish.voter_count:
        with_others = ngettext(
            "wished by %(name)s · %(n)d voter",
            "wished by %(name)s · %(n)d voters",
            wish.voter_count,
        )
        words = with_others % {"name": wish.author, "n": wish.voter_count}
    else:
        words = _("wished by %(name)s") % {"name": wish.author}
    return format_html('<a class="chip" href="{}">{}</a>', wish.get_absolute_url(), words)


def status_of_wish(topic: Topic, _at: datetime) -> SafeString | str:
    """At the head of a wish's topic: its status, its votes, the way to its page."""
    if topic.board.stage != Board.Stage.IDEAS:
        return ""
    rows = _OF_TOPIC.rows(topic.pk)
    if not rows:
        return ""
    proposal, rest = taken(Proposal, rows[0])
    proposal.accepted_for = taken(Build, rest)[0] if proposal.accepted_for_id else None
    return render_to_string("proposals/head.html", {"proposal": proposal})


def rewarded_wishes(sources: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    """The wishes that experience was given for: title and address by source."""
    wishes = Proposal.objects.filter(pk__in=ids(sources))
    return {f"proposal:{wish.pk}": (wish.title, wish.get_absolute_url()) for wish in wishes}
