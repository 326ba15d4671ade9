"""Real connections at once: doubled submits, the edge of the window, two counts; with controls."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from community.builds.domain import window
from community.builds.models import Build
from community.members.models import Member
from feedback.fourgrid.domain import tally
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.domain.ballots import save_ballot
from feedback.fourgrid.domain.refusals import BallotRefused, Reason
from feedback.fourgrid.models import Ballot, BallotVersion, Tally
from tests.racing import at_once, wait_for_waiting

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 20


@contextmanager
def without(statement: str, again: str) -> Iterator[None]:
    """Take a defence out of the database for a while."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("DELETE FROM fourgrid_ballot; DELETE FROM fourgrid_ballotversion")
            cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute(again)


def test_a_ballot_sent_twenty_times_at_once_is_one(
    member: Member, build: Build, answers: Answers
) -> None:
    client = Client()
    client.force_login(member)
    key = client.cookies["sessionid"].value
    body = {
        "mood": "in_love",
        "loved": list(answers.loved),
        "let_down": list(answers.let_down),
        "wishes": list(answers.wishes),
    }

    def put() -> bytes:
        tab = Client()
        tab.cookies["sessionid"] = key
        url = f"/api/v1/builds/{build.slug}/ballot"
        response = tab.put(url, body, content_type="application/json")
        assert response.status_code == 200
        return response.content

    assert len(set(at_once(*[put] * AT_ONCE))) == 1
    assert (Ballot.objects.count(), BallotVersion.objects.count()) == (1, 1)


def test_twenty_different_ballots_at_once_are_twenty_revisions_of_one(
    member: Member, build: Build, answers: Answers
) -> None:
    def vote(n: int) -> Callable[[], object]:
        mine = replace(answers, comments={"mood": f"tab {n}"})
        return lambda: save_ballot(member_id=member.pk, build_id=build.pk, answers=mine).revision

    assert sorted(at_once(*[vote(n) for n in range(AT_ONCE)])) == list(range(1, AT_ONCE + 1))
    last = BallotVersion.objects.get(revision=AT_ONCE)
    assert bytes(Ballot.objects.get().receipt) == bytes(last.receipt)


def test_control_without_the_constraint_a_ballot_doubles(
    member: Member, build: Build, answers: Answers
) -> None:
    naive = """
        INSERT INTO fourgrid_ballot (build_id, member_id, mood, loved, let_down, wishes, comments,
            revision, first_saved_at, saved_at, receipt, nonce, family, level, region, is_staff)
        SELECT %s, %s, 1, '{}', '{}', '{}', '{}', 1, now(), now(), '', '', '', 0, '', false
         WHERE NOT EXISTS (SELECT FROM fourgrid_ballot WHERE build_id = %s AND member_id = %s)
    """

    def vote() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(naive, [build.pk, member.pk, build.pk, member.pk])
            cursor.execute("SELECT pg_sleep(0.05)")

    drop = "ALTER TABLE fourgrid_ballot DROP CONSTRAINT ballot_once_a_build"
    add = "ALTER TABLE fourgrid_ballot ADD CONSTRAINT ballot_once_a_build"
    with without(drop, f"{add} UNIQUE (build_id, member_id)"):
        at_once(*[vote] * AT_ONCE)
        assert Ballot.objects.count() > 1


def close_during_a_vote(
    member: Member, latecomer: Member, build: Build, answers: Answers
) -> tuple[int, object]:
    """Close while a vote is saved but not committed, and another one knocks.

    Gives the ballots that whoever closed could see, and what the latecomer was answered.
    """
    is_saved, may_commit, answered = threading.Event(), threading.Event(), []

    def vote() -> None:
        with transaction.atomic():
            save_ballot(member_id=member.pk, build_id=build.pk, answers=answers)
            is_saved.set()
            may_commit.wait(30)

    def close() -> int:
        is_saved.wait(30)
        now = timezone.now()
        Build.objects.filter(pk=build.pk).update(ballots_close_at=now)
        with transaction.atomic():
            window.hold_closed(build.pk)
            Build.objects.filter(pk=build.pk).update(state=Build.State.CLOSED, closed_at=now)
        seen = Ballot.objects.filter(build=build).count()
        may_commit.set()
        return seen

    def knock() -> None:
        is_saved.wait(30)
        wait_for_waiting(may_commit)
        with pytest.raises(BallotRefused) as refused:
            save_ballot(member_id=latecomer.pk, build_id=build.pk, answers=answers)
        answered.append(refused.value.reason)

    def let_go() -> None:
        is_saved.wait(30)
        wait_for_waiting(may_commit)
        may_commit.set()

    _, seen, *errors = at_once(vote, close, knock, let_go)
    assert errors == [None, None]
    assert isinstance(seen, int)
    return seen, answered[0]


def test_whoever_closes_sees_every_acknowledged_ballot(
    make_member: Callable[..., Member], build: Build, answers: Answers
) -> None:
    seen, answered = close_during_a_vote(make_member(), make_member(), build, answers)
    assert seen == Ballot.objects.count() == 1
    assert answered is Reason.CLOSED


def test_control_without_the_lock_the_close_misses_a_ballot(
    make_member: Callable[..., Member],
    build: Build,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(window, "hold_closed", lambda build_id: None)
    seen, _ = close_during_a_vote(make_member(), make_member(), build, answers)
    assert seen < Ballot.objects.count()


def test_two_who_count_at_once_find_one_tally(
    member: Member, build: Build, answers: Answers
) -> None:
    save_ballot(member_id=member.pk, build_id=build.pk, answers=answers)
    now = timezone.now()
    Build.objects.filter(pk=build.pk).update(
        ballots_close_at=now, state=Build.State.CLOSED, closed_at=now, tally_at=now
    )
    counted = at_once(*[lambda: tally.count(build_id=build.pk, at=now).pk] * 5)
    assert set(counted) == {Tally.objects.get().pk}
