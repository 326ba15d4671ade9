"""Settling a case: once, with what follows for the thing and for its author, in one piece."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from community.members.models import Member
from community.moderation import subjects
from community.moderation.domain import sanctions
from community.moderation.domain.cases import CannotBeDone, refuse
from community.moderation.domain.log import record
from community.moderation.domain.telling import tell_of_case
from community.moderation.models import Case


@dataclass(frozen=True)
class Penalty:
    """A step of the ladder for the author, for so many hours (a warning for 0)."""

    step: str
    hours: int


def settle(
    *,
    case: Case,
    outcome: str,
    by: Member,
    at: datetime,
    answer: str = "",
    penalty: Penalty | None = None,
) -> Case:
    """Settle a case, do to its subject what the outcome asks for, and put its author on the ladder.

    `answer` is what the author is told. Raises InOtherHands, SettledBefore, OwnDecision, or
    CannotBeDone; then nothing has happened.
    """
    if outcome not in outcomes(case):
        raise CannotBeDone
    with transaction.atomic():
        mine = Case.objects.takeable(by, at).filter(pk=case.pk)
        settled = {"state": Case.State.SETTLED, "settled_by": by, "settled_at": at}
        if not mine.update(**settled, outcome=outcome, answer=answer):
            refuse(case, at)
        _carry_out(case, outcome, by, answer, at)
        if penalty and case.author:
            sanctions.give(
                member=case.author,
                step=penalty.step,
                hours=penalty.hours,
                reason=answer,
                by=by,
                at=at,
                case=case,
            )
        record(
            by=by,
            act="settle_case",
            subject=f"case:{case.pk}",
            at=at,
            board=case.board,
            detail={"outcome": str(outcome), "of": str(case), "answer": answer},
        )
        case.refresh_from_db()
        tell_of_case(case, at)
    return case


def outcomes(case: Case) -> list[Case.Outcome]:
    """The outcomes that fit a case, the mildest first."""
    if case.cause == Case.Cause.APPEAL:
        return [Case.Outcome.UPHELD, Case.Outcome.LIFTED]
    if case.cause == Case.Cause.HELD:
        return [Case.Outcome.APPROVED, Case.Outcome.REFUSED]
    subject = subjects.find(case.kind)
    hides = subject is not None and subject.hide is not None
    return [Case.Outcome.KEPT, *([Case.Outcome.HIDDEN] if hides else [])]


def _carry_out(case: Case, outcome: str, by: Member, answer: str, at: datetime) -> None:
    subject = subjects.find(case.kind)
    if subject is None:
        return
    deeds = {
        Case.Outcome.APPROVED: subject.approve,
        Case.Outcome.LIFTED: subject.approve,
        Case.Outcome.REFUSED: subject.refuse,
        Case.Outcome.UPHELD: subject.refuse,
        Case.Outcome.HIDDEN: subject.hide,
    }
    if deed := deeds.get(Case.Outcome(outcome)):
        deed(case.subject, by, answer, at)
