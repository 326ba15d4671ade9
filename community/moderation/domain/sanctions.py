"""The ladder: warn, silence, suspend; lift; hear a member once about each step."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from community.members.models import Member
from community.moderation.domain.cases import open_case
from community.moderation.domain.log import record
from community.moderation.domain.telling import tell_of_sanction
from community.moderation.models import Case, Note, Sanction

# How long a step lasts, by how many stand from the time looked back on: after a warning a day,
# then three days, a week, a month.
HOURS = (24, 72, 168, 720)
LOOKS_BACK = timedelta(days=365)
LONGEST = timedelta(days=3650)


class AppealedBefore(Exception):
    """A sanction is appealed against once."""


class OwnDecision(Exception):
    """Nobody judges an appeal against a decision of theirs, or in their own cause."""


@dataclass(frozen=True)
class Suggestion:
    """The step that comes next for a member; a warning lasts 0 hours."""

    step: str
    hours: int


def suggested(*, member: Member, at: datetime) -> Suggestion:
    """A warning first, then silence: 24, 72, 168 and at last 720 hours each time."""
    standing = Sanction.objects.filter(
        member=member, lifted_at=None, given_at__gt=at - LOOKS_BACK, given_at__lte=at
    ).count()
    if not standing:
        return Suggestion(Sanction.Step.WARNING, 0)
    return Suggestion(Sanction.Step.SILENCE, HOURS[min(standing, len(HOURS)) - 1])


def give(
    *,
    member: Member,
    step: str,
    reason: str,
    by: Member,
    at: datetime,
    hours: int = 0,
    case: Case | None = None,
    submission_key: UUID | None = None,
) -> Sanction:
    """Put a member on a step of the ladder, for so many hours (a warning has no end).

    The same submission again is the same sanction.
    """
    lasts = min(timedelta(hours=hours), LONGEST)
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)  # the second of two waits here
        once = Sanction.objects.filter(member=member, by=by, submission_key=submission_key)
        if submission_key and (given := once.first()):
            return given
        sanction = Sanction.objects.create(
            member=member,
            step=step,
            reason=reason,
            given_at=at,
            until=None if step == Sanction.Step.WARNING else at + lasts,
            by=by,
            case=case,
            submission_key=submission_key,
        )
        _apply(member)
        record(
            by=by,
            act="give_sanction",
            subject=f"member:{member.username}",
            at=at,
            board=case.board if case else "",
            detail={"sanction": sanction.pk, "step": step, "hours": hours, "reason": reason},
        )
        tell_of_sanction(sanction, at)
    return sanction


def lift(*, sanction: Sanction, by: Member, at: datetime) -> bool:
    """End a sanction before its time; whether it stood until now."""
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=sanction.member_id)
        standing = Sanction.objects.filter(pk=sanction.pk, lifted_at=None)
        if not standing.update(lifted_at=at, lifted_by=by):
            return False
        _apply(sanction.member)
        record(
            by=by,
            act="lift_sanction",
            subject=f"member:{sanction.member.username}",
            at=at,
            detail={"sanction": sanction.pk},
        )
    return True


def appeal(*, sanction: Sanction, words: str, at: datetime) -> Case:
    """A member's word against a sanction, into the queue. Raises AppealedBefore."""
    with transaction.atomic():
        unheard = Sanction.objects.filter(pk=sanction.pk, appeal="", lifted_at=None)
        if not unheard.update(appeal=words, appealed_at=at):
            raise AppealedBefore
        return open_case(kind="sanction", subject=sanction.pk, cause=Case.Cause.APPEAL, at=at)


def answer_appeal(
    *, sanction: Sanction, outcome: str, by: Member, answer: str, at: datetime
) -> None:
    """Let a sanction stand, or lift it. Raises OwnDecision."""
    if by.pk in {sanction.by_id, sanction.member_id}:
        raise OwnDecision
    with transaction.atomic():
        Sanction.objects.filter(pk=sanction.pk).update(
            appeal_outcome=outcome, appeal_answer=answer, appeal_settled_by=by
        )
        if outcome == Sanction.AppealOutcome.LIFTED:
            lift(sanction=sanction, by=by, at=at)
        sanction.refresh_from_db()
        tell_of_sanction(sanction, at)


def add_note(
    *, member: Member, words: str, by: Member, at: datetime, submission_key: UUID | None = None
) -> Note:
    """Something other moderators should know of a member; the member never sees it.

    The same submission again is the same note.
    """
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        once = Note.objects.filter(member=member, by=by, submission_key=submission_key)
        if submission_key and (written := once.first()):
            return written
        note = Note.objects.create(
            member=member, words=words, by=by, created_at=at, submission_key=submission_key
        )
        record(by=by, act="add_note", subject=f"member:{member.username}", at=at)
    return note


def _apply(member: Member) -> None:
    """Set until when a locked member is silenced and suspended, from the sanctions that stand."""
    for step, field in (("silence", "silenced_until"), ("suspension", "suspended_until")):
        standing = Sanction.objects.filter(member=member, step=step, lifted_at=None)
        longest = standing.order_by("-until").first()
        changes: dict[str, object] = {field: longest and longest.until}
        if step == "suspension":
            changes["suspension_reason"] = longest.reason[:200] if longest else ""
        if longest or Sanction.objects.filter(member=member, step=step).exists():
            Member.objects.filter(pk=member.pk).update(**changes)
    member.refresh_from_db(fields=["silenced_until", "suspended_until", "suspension_reason"])
