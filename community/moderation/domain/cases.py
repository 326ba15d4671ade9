"""Cases: reported, held or appealed; taken in hand by one moderator at a time."""

from collections.abc import Collection
from datetime import datetime
from typing import Never

from django.db import IntegrityError, transaction

from community.members.models import Member
from community.moderation import subjects
from community.moderation.domain import scoring
from community.moderation.models import Case, Report


class ReportedBefore(Exception):
    """This member has reported it already, and it is not settled yet."""


class InOtherHands(Exception):
    """Another moderator has the case in hand; `by` is who."""

    def __init__(self, by: Member | None) -> None:
        super().__init__(str(by))
        self.by = by


class SettledBefore(Exception):
    """Somebody has settled the case; `by` is who."""

    def __init__(self, by: Member | None) -> None:
        super().__init__(str(by))
        self.by = by


class CannotBeDone(Exception):
    """This outcome does not fit this case."""


def report(
    *, kind: str, subject: int, reporter: Member, reason: str, words: str = "", at: datetime
) -> Report:
    """A member's report, in the open case about the subject or in a new one.

    Raises ReportedBefore, or CannotBeDone when there is no such subject.
    """
    weight = scoring.weight_of(reporter=reporter, reason=reason)
    try:
        with transaction.atomic():
            case = open_case(kind=kind, subject=subject, cause=Case.Cause.REPORTED, at=at)
            made = Report.objects.create(
                case=case,
                reporter=reporter,
                reason=reason,
                words=words,
                weight=weight,
                created_at=at,
            )
            scoring.rescore(case)
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", "") == "report_once_a_case":
            raise ReportedBefore from error
        raise
    return made


def open_case(
    *, kind: str, subject: int, cause: str, at: datetime, held_for: Collection[str] = ()
) -> Case:
    """The one open case about a subject, locked; made if there is none.

    To be called in a transaction. What is held or appealed says so from then on. Raises
    CannotBeDone when there is no such subject.
    """
    look = subjects.looks([(kind, subject)]).get((kind, subject))
    if look is None:
        raise CannotBeDone
    named = ", ".join(dict.fromkeys(held_for))[:200]
    fresh = Case(
        kind=kind,
        subject=subject,
        board=look.board,
        author=look.author,
        cause=cause,
        held_for=named,
        score=scoring.BASE[Case.Cause(cause)],
        opened_at=at,
    )
    case = None
    while case is None:  # one that was settled between the two statements makes room for the next
        Case.objects.bulk_create([fresh], ignore_conflicts=True)
        same = Case.objects.unsettled().filter(kind=kind, subject=subject)
        case = same.select_for_update().first()
    if cause not in {Case.Cause.REPORTED, case.cause}:
        case.cause, case.held_for = cause, named
        case.save(update_fields=["cause", "held_for"])
        scoring.rescore(case)
    return case


def claim(*, case: Case, by: Member, at: datetime) -> None:
    """Take a case in hand for CLAIM_LASTS; again to go on. Raises InOtherHands or SettledBefore."""
    taken = Case.objects.takeable(by, at).filter(pk=case.pk)
    if not taken.update(state=Case.State.CLAIMED, claimed_by=by, claimed_at=at):
        refuse(case, at)
    case.refresh_from_db()


def let_go(*, case: Case, by: Member) -> None:
    """Give a case back to the queue, if it is this moderator's."""
    mine = Case.objects.filter(pk=case.pk, state=Case.State.CLAIMED, claimed_by=by)
    mine.update(state=Case.State.OPEN, claimed_by=None, claimed_at=None)


def refuse(case: Case, at: datetime) -> Never:
    """Say why a case cannot be taken: SettledBefore, or InOtherHands."""
    case.refresh_from_db()
    if case.is_settled:
        raise SettledBefore(case.settled_by)
    raise InOtherHands(case.held_by(at))
