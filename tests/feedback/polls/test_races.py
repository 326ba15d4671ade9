"""Real connections at once: a vote sent twenty times, a close amid votes; with controls."""

import threading

import pytest
from django.db import connection, transaction
from django.test import Client

from community.members.models import Member
from feedback.polls.domain import closing, refusals, voting, window
from feedback.polls.models import Choice, Poll, PollBallot
from tests.community.members.making import make_member
from tests.feedback.polls.making import ids, make_poll, vote
from tests.racing import at_once, wait_for_waiting

pytestmark = pytest.mark.django_db(transaction=True)


def send_at_once(poll: Poll, member: Member) -> set[int]:
    """The same vote twenty times; the statuses of the answers."""
    client = Client(raise_request_exception=False)
    client.force_login(member)
    key = client.cookies["sessionid"].value

    def put() -> int:
        tab = Client(raise_request_exception=False)
        tab.cookies["sessionid"] = key
        address, body = f"/api/v1/polls/{poll.pk}/vote", {"options": ids(poll, "M")}
        return tab.put(address, body, content_type="application/json").status_code

    return set(at_once(*[put] * 20))


def test_a_vote_sent_twenty_times_at_once_is_one() -> None:
    poll, member = make_poll(), make_member()
    assert send_at_once(poll, member) == {200}
    assert list(PollBallot.objects.values_list("revision", flat=True)) == [1]
    assert Choice.objects.count() == 1


def test_control_without_the_constraint_a_ballot_doubles() -> None:
    poll, member = make_poll(), make_member()
    table = "ALTER TABLE polls_pollballot"
    with connection.cursor() as cursor:
        cursor.execute(f"{table} DROP CONSTRAINT pollballot_once_a_poll")
        try:
            statuses = send_at_once(poll, member)
            assert (PollBallot.objects.count() > 1, 500 in statuses) == (True, True)
        finally:
            cursor.execute("DELETE FROM polls_choice; DELETE FROM polls_pollballot")
            cursor.execute(
                f"{table} ADD CONSTRAINT pollballot_once_a_poll UNIQUE (poll_id, member_id)"
            )


def end_during_a_vote(poll: Poll) -> tuple[int, object]:
    """End a poll while a vote is saved but not committed, and another one knocks.

    Gives the ballots the result counts, and what the latecomer was answered.
    """
    voter, latecomer = make_member(), make_member()
    is_saved, may_commit, is_ended = threading.Event(), threading.Event(), threading.Event()
    options = ids(poll, "M")

    def cast() -> None:
        with transaction.atomic():
            voting.vote(poll_id=poll.pk, member=voter, options=options)
            is_saved.set()
            may_commit.wait(30)

    def end() -> None:
        is_saved.wait(30)
        closing.end(poll_id=poll.pk)
        is_ended.set()
        may_commit.set()

    def let_go() -> None:
        is_saved.wait(30)
        wait_for_waiting(may_commit)
        may_commit.set()

    def knock() -> str:
        is_ended.wait(30)
        try:
            vote(poll, "N", latecomer)
        except refusals.Refused as refused:
            return refused.code
        return "taken"

    *_others, answered = at_once(cast, end, let_go, knock)
    poll.refresh_from_db()
    return poll.outcome["ballots"], answered


def test_whoever_closes_counts_every_acknowledged_vote() -> None:
    poll = make_poll()
    assert end_during_a_vote(poll) == (1, "poll_closed")
    assert PollBallot.objects.count() == 1


def test_control_without_the_lock_a_vote_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "hold_closed", lambda poll_id: None)
    assert end_during_a_vote(make_poll())[0] == 0
    assert PollBallot.objects.count() == 1
