"""Polls of topics, and who chose what in them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from community.forum.models import Topic
from community.members.models import Member
from community.members.permissions import User
from feedback.polls.models import Choice, Poll, PollBallot

VOTERS_A_PAGE = 50


def polls_of(topic: Topic) -> list[Poll]:
    """The polls of a topic, with those of topics that were merged into it."""
    here = Q(topic=topic) | Q(topic__merged_into=topic)
    return list(Poll.objects.to_show().filter(here).order_by("topic", "place"))


def has_voted(user: User, poll: Poll) -> bool:
    theirs = Choice.objects.filter(ballot__poll=poll, ballot__member=user.pk)
    return isinstance(user, Member) and theirs.exists()


def is_voted(poll: Poll) -> bool:
    """Whether anybody has voted, so that what was asked stays as it is."""
    return Choice.objects.filter(ballot__poll=poll).exists()


@dataclass(frozen=True, kw_only=True)
class Voters:
    """A page of who chose what: members with the texts they chose; `after` leads on, 0 if last."""

    rows: Sequence[tuple[Member, Sequence[str]]]
    after: int


def voters_of(poll: Poll, after: int) -> Voters:
    """In the order of their accounts: when somebody voted is nobody's business."""
    ballots = PollBallot.objects.filter(poll=poll, member__gt=after).exclude(choices=None)
    found = list(
        ballots.distinct().select_related("member").order_by("member")[: VOTERS_A_PAGE + 1]
    )
    page = found[:VOTERS_A_PAGE]
    texts: dict[int, list[str]] = defaultdict(list)
    chosen = Choice.objects.filter(ballot__in=page).order_by("rank").select_related("option")
    for choice in chosen:
        texts[choice.ballot_id].append(choice.option.text)
    return Voters(
        rows=[(ballot.member, texts[ballot.pk]) for ballot in page],
        after=page[-1].member_id if len(found) > VOTERS_A_PAGE else 0,
    )
