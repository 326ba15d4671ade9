"""The ladder: told why, until when, heard once, by somebody else."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from community.members.permissions import may_take_part, may_write
from community.moderation.domain import sanctions, settling
from community.moderation.models import Case, Note, Sanction
from tests.community.members.making import AT, make_member
from tests.community.moderation.making import HOUR, make_moderator

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_each_step_suggests_the_next() -> None:
    member, by, seen = make_member(), make_moderator(), []
    for _ in range(6):
        step = sanctions.suggested(member=member, at=AT)
        seen.append((step.step, step.hours))
        sanctions.give(member=member, step=step.step, hours=step.hours, reason="x", by=by, at=AT)
    warned, *silenced = seen
    assert warned == ("warning", 0)
    assert silenced == [("silence", hours) for hours in (24, 72, 168, 720, 720)]


def test_who_is_silenced_votes_but_does_not_write_until_it_ends_or_is_lifted() -> None:
    member, by = make_member(), make_moderator()
    given = sanctions.give(member=member, step="silence", hours=24, reason="x", by=by, at=AT)
    assert (may_write(member, AT + HOUR), may_take_part(member, AT + HOUR)) == (False, True)
    assert may_write(member, AT + DAY)
    longer = sanctions.give(member=member, step="silence", hours=72, reason="x", by=by, at=AT)
    sanctions.lift(sanction=longer, by=by, at=AT)
    assert member.silenced_until == AT + DAY
    assert sanctions.lift(sanction=given, by=by, at=AT)
    assert not sanctions.lift(sanction=given, by=by, at=AT)
    assert may_write(member, AT + HOUR)


def test_a_suspension_takes_the_vote_too() -> None:
    member = make_member()
    sanctions.give(
        member=member, step="suspension", hours=24, reason="x", by=make_moderator(), at=AT
    )
    assert not may_take_part(member, AT + HOUR)


def test_an_appeal_is_heard_once_and_by_another() -> None:
    member, by, other = make_member(), make_moderator(), make_moderator()
    given = sanctions.give(member=member, step="silence", hours=24, reason="x", by=by, at=AT)
    case = sanctions.appeal(sanction=given, words="It was a joke.", at=AT)
    with pytest.raises(sanctions.AppealedBefore):
        sanctions.appeal(sanction=given, words="Again!", at=AT)
    with pytest.raises(sanctions.OwnDecision):
        settling.settle(case=case, outcome="lifted", by=by, at=AT)
    assert Case.objects.get().state == Case.State.OPEN
    settling.settle(case=case, outcome="lifted", by=other, answer="So it was.", at=AT)
    given.refresh_from_db()
    assert (given.appeal_outcome, given.appeal_answer, given.lifted_by) == (
        "lifted",
        "So it was.",
        other,
    )
    assert may_write(member, AT + HOUR)


@pytest.mark.parametrize(
    "change", [{"reason": "y"}, {"until": AT + 9 * DAY}, {"given_at": AT - DAY}]
)
def test_the_database_changes_no_sanction_once_given(change: dict[str, object]) -> None:
    given = sanctions.give(
        member=make_member(), step="silence", hours=24, reason="x", by=make_moderator(), at=AT
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Sanction.objects.filter(pk=given.pk).update(**change)


def test_notes_stay() -> None:
    note = sanctions.add_note(member=make_member(), words="x", by=make_moderator(), at=AT)
    for deed in (lambda n: n.update(words="y"), lambda n: n.delete()):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            deed(Note.objects.filter(pk=note.pk))
