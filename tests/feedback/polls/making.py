"""Topics with polls for tests, made through the domain."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from community.forum.domain import posting
from community.forum.models import Board, Topic
from community.members.models import Member
from feedback.polls.domain import making, voting
from feedback.polls.domain.questions import Question
from feedback.polls.models import Poll
from tests.community.members.making import make_member

HOUR = timedelta(hours=1)
CAPITALS = ("Memphis", "Nashville", "Chattanooga", "Knoxville")
# How many voted so: first letters, the one liked best first.
TENNESSEE = {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17}


def make_topic(author: Member | None = None) -> Topic:
    board = Board.objects.get(slug="chat")
    return posting.open_topic(
        board=board, title="相机闪退", body="x", author=author, at=timezone.now()
    )


def make_poll(
    topic: Topic | None = None, *, by: Member | None = None, ago: timedelta = HOUR, **fields: Any
) -> Poll:
    """A poll on the capital that has been open for an hour."""
    by = by or make_member()
    given = {"title": "Where to?", "options": CAPITALS} | fields
    if given.get("kind") == Poll.Kind.RANKED:
        given = {"most": 30} | given
    made = making.make_poll(
        topic=topic or make_topic(by),
        question=Question(**given),
        by=by,
        at=timezone.now() - ago,
    )
    return Poll.objects.to_show().get(pk=made.pk)


def ids(poll: Poll, letters: str = "MNCK") -> list[int]:
    """The options whose names begin with these letters."""
    known = {option.text[0]: option.pk for option in poll.options.all()}
    return [known[letter] for letter in letters]


def vote(poll: Poll, letters: str, member: Member | None = None) -> Member:
    member = member or make_member()
    voting.vote(poll_id=poll.pk, member=member, options=ids(poll, letters))
    return member


def profile(ballots: dict[str, int], options: Sequence[str]) -> dict[tuple[int, ...], int]:
    """Rankings by letters as rankings by number."""
    numbers = {letter: n for n, letter in enumerate(options)}
    return {tuple(numbers[letter] for letter in said): n for said, n in ballots.items()}
