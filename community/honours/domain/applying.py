"""Applying for a medal, and what staff decide of it."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from community.honours.domain import medals
from community.honours.domain.telling import news_of_refusal
from community.honours.models import Medal, MedalApplication
from community.honours.queries import stage_to_ask_for
from community.members.models import Member
from community.moderation.domain.cases import open_case
from community.moderation.models import Case
from community.notices.domain.telling import tell_each

KIND = "medal"
# Who was refused thinks about it for so long.
REST = timedelta(days=30)
State = MedalApplication.State


class HeldAlready(Exception):
    """The member holds this stage."""


class WaitsAlready(Exception):
    """The member has asked for it, and nobody has decided yet."""


class RefusedLately(Exception):
    """Staff refused it less than REST ago; `until` is when one may ask again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


def apply(*, medal: Medal, member: Member, words: str, at: datetime) -> MedalApplication:
    """Ask for the lowest stage of a medal that one does not hold, into the queue.

    Raises HeldAlready, WaitsAlready, RefusedLately.
    """
    stage = stage_to_ask_for(medal, member, at)
    if stage is None:
        raise HeldAlready
    own = MedalApplication.objects.filter(member=member, stage=stage)
    lately = own.filter(state=State.REFUSED, decided_at__gt=at - REST).order_by("-decided_at")
    if (refused := lately.first()) and refused.decided_at:
        raise RefusedLately(refused.decided_at + REST)
    try:
        with transaction.atomic():
            made = MedalApplication.objects.create(
                member=member, stage=stage, words=words, applied_at=at
            )
            open_case(kind=KIND, subject=made.pk, cause=Case.Cause.HELD, at=at)
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if getattr(diagnosis, "constraint_name", "") == "medalapplication_one_waits":
            raise WaitsAlready from error
        raise
    return made


def approve(*, application: MedalApplication, by: Member, answer: str, at: datetime) -> None:
    """Give the medal, for what staff say; the member's own words were for staff alone."""
    with transaction.atomic():
        if not _decided(application, State.GRANTED, answer, at):
            return
        reason = (answer or application.stage.medal.name)[:200]
        medals.give(stage=application.stage, member=application.member, by=by, reason=reason, at=at)


def refuse(*, application: MedalApplication, answer: str, at: datetime) -> None:
    """Give it not, and say why."""
    with transaction.atomic():
        if _decided(application, State.REFUSED, answer, at):
            application.refresh_from_db(fields=["answer"])
            tell_each([news_of_refusal(application)], at=at)


def _decided(application: MedalApplication, state: str, answer: str, at: datetime) -> bool:
    waiting = MedalApplication.objects.filter(pk=application.pk, state=State.WAITING)
    return bool(waiting.update(state=state, answer=answer, decided_at=at))
