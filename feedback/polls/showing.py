"""Polls as one reader may see them: a fixed number of queries, however many polls there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import caches

from community.forum.models import Topic
from community.forum.permissions import moderates
from community.members.models import Member
from community.members.permissions import User, may_take_part
from feedback.polls import permissions, queries, voters
from feedback.polls.domain.counting import Outcome, count, profiles_of
from feedback.polls.models import Choice, Option, Poll


@dataclass(frozen=True, kw_only=True)
class ShownPoll:
    """A poll as one reader may see it; `outcome` is None where they may not see results."""

    poll: Poll
    options: Sequence[Option]
    # Ids of the options they chose, in order; their ballot's revision, 0 for none.
    mine: Sequence[int]
    revision: int
    outcome: Outcome | None
    at: datetime
    is_eligible: bool
    may_vote: bool
    may_see_voters: bool

    @property
    def is_open(self) -> bool:
        return self.poll.is_open(self.at)

    @property
    def is_over(self) -> bool:
        return self.poll.is_over(self.at)


def to_be_read(topic: Topic, user: User) -> list[Poll]:
    """The polls of a topic that this reader may see."""
    polls = queries.polls_of(topic)
    if any(poll.hidden_at for poll in polls) and not moderates(user, topic.board):
        return [poll for poll in polls if poll.hidden_at is None]
    return polls


def shown(polls: Sequence[Poll], user: User, at: datetime) -> list[ShownPoll]:
    """Polls of one topic for one reader."""
    if not polls:
        return []
    options = _options_of(polls)
    ballots = _ballots_of(user, polls)
    eligible = _eligible(user, polls)
    is_open = any(poll.is_open(at) for poll in polls)
    takes_part = is_open and bool(eligible) and may_take_part(user, at)
    has_voted = {poll.pk: bool(ballots[poll.pk][1]) for poll in polls}
    visible = [
        poll
        for poll in polls
        if permissions.may_see_results(poll, at, has_voted=has_voted[poll.pk])
    ]
    outcomes = _outcomes(visible, options)
    return [
        ShownPoll(
            poll=poll,
            options=options[poll.pk],
            mine=ballots[poll.pk][1],
            revision=ballots[poll.pk][0],
            outcome=outcomes.get(poll.pk),
            at=at,
            is_eligible=poll.pk in eligible,
            may_vote=poll.pk in eligible
            and takes_part
            and poll.is_open(at)
            and poll.hidden_at is None,
            may_see_voters=permissions.may_see_voters(poll, at, has_voted=has_voted[poll.pk]),
        )
        for poll in polls
    ]


def shown_one(poll: Poll, user: User, at: datetime) -> ShownPoll:
    return shown([poll], user, at)[0]


def _options_of(polls: Iterable[Poll]) -> Mapping[int, list[Option]]:
    found: dict[int, list[Option]] = defaultdict(list)
    for option in Option.objects.filter(poll__in=polls).select_related("picture").order_by("place"):
        found[option.poll_id].append(option)
    return found


def _ballots_of(user: User, polls: Iterable[Poll]) -> Mapping[int, tuple[int, list[int]]]:
    """A reader's own: revision and options by poll."""
    found: dict[int, tuple[int, list[int]]] = defaultdict(lambda: (0, []))
    if not isinstance(user, Member):
        return found
    theirs = Choice.objects.filter(ballot__member=user, ballot__poll__in=polls)
    for poll, revision, option in theirs.order_by("rank").values_list(
        "ballot__poll", "ballot__revision", "option"
    ):
        found[poll] = (revision, [*found[poll][1], option])
    return found


def _eligible(user: User, polls: Sequence[Poll]) -> set[int]:
    """Ids of the polls that ask this reader: as permissions.is_eligible, of all at once."""
    if not isinstance(user, Member):
        return set()
    kinds = Poll.Eligibility
    groups: Collection[int] = ()
    builds: Collection[int] = ()
    if any(poll.eligibility == kinds.GROUP for poll in polls):
        groups = set(user.groups.values_list("pk", flat=True))
    if wanted := {poll.build_id for poll in polls if poll.build_id}:
        builds = voters.voted_in(user, wanted)
    asks: dict[str, Any] = {
        kinds.EVERYBODY: lambda _poll: True,
        kinds.LEVEL: lambda poll: user.level >= poll.level,
        kinds.GROUP: lambda poll: poll.group_id in groups,
        kinds.VOTED: lambda poll: poll.build_id in builds,
    }
    return {poll.pk for poll in polls if asks[poll.eligibility](poll)}


def _outcomes(
    polls: Iterable[Poll], options: Mapping[int, Sequence[Option]]
) -> Mapping[int, Outcome]:
    """Stored results, and for open polls those of a moment ago."""
    found = {poll.pk: poll.outcome for poll in polls if poll.outcome is not None}
    running = {poll.pk: poll for poll in polls if poll.outcome is None}
    # A new option is a new count.
    keys = {pk: f"poll {pk} {len(options[pk])}" for pk in running}
    kept = caches["moments"].get_many(keys.values())
    found |= {pk: kept[key] for pk, key in keys.items() if key in kept}
    missing = [pk for pk in running if pk not in found]
    if missing:
        profiles = profiles_of(missing)
        for pk in missing:
            ids = [option.pk for option in options[pk]]
            found[pk] = count(running[pk], ids, profiles[pk])
            caches["moments"].set(keys[pk], found[pk])
    return found
