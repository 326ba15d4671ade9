"""Two schedulers and a manager's button at 17:00:00: one publish, one topic.

The control shows that the race is real: with the defences off, the topic is opened twice.
"""

from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from community.builds.domain import engineers, features, settings, submissions, week, window
from community.builds.domain.features import Change
from community.builds.domain.refusals import Refused
from community.builds.domain.submissions import Sent
from community.builds.domain.week import publishing, rows
from community.builds.models import Build, Engineer, Submission
from community.forum.models import Topic
from tests.community.builds.making import (
    CLOSE,
    DRAFTED,
    FREEZE,
    FRIDAY,
    HOUR,
    PUBLISH,
    State,
    make_build,
    make_draft,
    make_member,
    make_product,
)
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def publish_three_times() -> list[object]:
    build = make_build(State.SCHEDULED)
    return at_once(
        lambda: [step.did for step in week.advance(at=PUBLISH)],
        lambda: [step.did for step in week.advance(at=PUBLISH)],
        lambda: week.publish(build_id=build.pk, at=PUBLISH),
    )


def test_whoever_publishes_it_goes_out_once():
    for _round in range(3):
        answers = publish_three_times()
        published = [
            answer for answer in answers if answer is True or "published" in (answer or [])
        ]
        assert len(published) == 1, answers
    assert Topic.objects.count() == 3


def test_control_without_the_defences_it_goes_out_twice(monkeypatch):
    both_have_looked = Barrier(2, timeout=20)

    def unlocked(build_id: int) -> Build:
        build = rows.current(build_id)
        both_have_looked.wait()
        return build

    def unclaimed(build: Build, at: object, opens_at: object) -> bool:
        return True

    monkeypatch.setattr(settings, "hold_of", lambda build_id: None)
    monkeypatch.setattr(publishing, "locked", unlocked)
    monkeypatch.setattr(publishing, "_claim", unclaimed)
    monkeypatch.setattr(settings, "keep", lambda build: None)  # its rows are there once
    build = make_build(State.SCHEDULED)
    Build.objects.filter(pk=build.pk).update(frozen_at=FREEZE)
    at_once(*[lambda: week.publish(build_id=build.pk, at=PUBLISH)] * 2)
    assert Topic.objects.count() == 2


def test_without_the_lock_the_claim_alone_lets_one_through(monkeypatch):
    both_have_looked = Barrier(2, timeout=20)

    def unlocked(build_id: int) -> Build:
        build = rows.current(build_id)
        both_have_looked.wait()
        return build

    monkeypatch.setattr(settings, "hold_of", lambda build_id: None)
    monkeypatch.setattr(publishing, "locked", unlocked)
    build = make_build(State.SCHEDULED)
    Build.objects.filter(pk=build.pk).update(frozen_at=FREEZE)
    answers = at_once(*[lambda: week.publish(build_id=build.pk, at=PUBLISH)] * 2)
    assert sorted(answers) == [False, True]
    assert Topic.objects.count() == 1


def test_a_credit_does_not_slip_into_a_list_that_is_being_frozen():
    build = make_build(State.SCHEDULED)
    feature = build.features.first()
    for _round in range(3):
        at_once(
            lambda: week.freeze(build_id=build.pk, at=FREEZE),
            lambda: features.set_credits(feature=feature, shares={}),
            refusals=(Refused,),
        )
        build.refresh_from_db()
        is_signed = feature.credits.exists()
        assert bool(build.frozen_at) == is_signed


def test_raw_sql_waits_for_the_freeze_under_way():
    build = make_build(State.SCHEDULED)

    def delete() -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM builds_credit")

    with transaction.atomic():
        week.freeze(build_id=build.pk, at=FREEZE)
        answers: list[object] = []
        late = Thread(target=lambda: answers.extend(at_once(delete, refusals=(IntegrityError,))))
        late.start()
    late.join()
    assert isinstance(answers[0], IntegrityError)


def test_a_vote_under_way_is_waited_for():
    build = make_build()
    answers: list[object] = []

    def close() -> None:
        answers.append(week.close(build_id=build.pk, at=CLOSE))
        connection.close()

    with transaction.atomic():
        window.hold_open(build.pk)
        closing = Thread(target=close)
        closing.start()
        closing.join(0.2)
        assert not answers
    closing.join()
    assert answers == [True]


def test_control_without_the_shared_lock_nobody_waits():
    build = make_build()
    with transaction.atomic():
        at_once(lambda: week.close(build_id=build.pk, at=CLOSE))
        build.refresh_from_db()
        assert build.state == State.CLOSED


def test_a_spelling_seen_by_many_at_once_is_one_engineer():
    found = at_once(*[lambda: engineers.find_or_create(name="林浩", at=DRAFTED).pk] * 4)
    assert len(set(found)) == 1
    assert Engineer.objects.count() == 1


def test_a_version_drafted_by_many_at_once_is_one_build():
    product = make_product()
    drafted = at_once(*[lambda: make_draft(product, version="6.11.20", changes=0).pk] * 4)
    assert len(set(drafted)) == 1


def test_changes_added_at_once_have_a_place_each():
    build = make_draft(changes=0)
    at_once(*[lambda: features.add_feature(build_id=build.pk, change=Change(title="A"))] * 4)
    assert list(build.features.values_list("position", flat=True).order_by("position")) == [
        1,
        2,
        3,
        4,
    ]


def test_a_release_day_is_given_once():
    product = make_product()
    drafts = [make_draft(product, changes=0) for _number in range(3)]
    acts = [
        lambda build=build: week.schedule(build_id=build.pk, release_on=FRIDAY, at=DRAFTED)
        for build in drafts
    ]
    answers = at_once(*acts, refusals=(Refused,))
    assert sorted(answer is True for answer in answers) == [False, False, True]


def test_a_build_sent_by_twins_is_one_build():
    product, member = make_product(), make_member()
    sent = Sent(product=product, version="6.11.20", channel="weekly")
    answers = at_once(
        *[lambda: submissions.submit(sent=sent, by=member, at=DRAFTED, key="run-7")] * 4
    )
    assert {build.version for build, _is_new in answers} == {"6.11.20"}
    assert Build.objects.count() == Submission.objects.count() == 1


def test_lost_time_is_given_back_once():
    build = make_build(State.SCHEDULED)
    week.publish(build_id=build.pk, at=PUBLISH + 3 * HOUR)
    extended = at_once(*[lambda: week.extend(build_id=build.pk, at=PUBLISH + 4 * HOUR)] * 3)
    assert sorted(extended) == [False, False, True]
    build.refresh_from_db()
    assert build.ballots_close_at == CLOSE + 3 * HOUR
