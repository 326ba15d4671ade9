"""Telling people what became of their reports, their posts and themselves."""

from datetime import datetime

from django.urls import reverse

from community.moderation import subjects
from community.moderation.models import Case, Sanction
from community.notices.domain.telling import tell

# Whom each kind of notice is for; community.moderation.kinds says what it says.
REPORT, DECISION, SANCTION = "moderation.report", "moderation.decision", "moderation.sanction"


def tell_of_case(case: Case, at: datetime) -> None:
    """Tell reporters what became of it, and an author whose post waited."""
    look = subjects.looks([(case.kind, case.subject)]).get((case.kind, case.subject))
    if look is None:
        return
    words = {"title": look.title, "answer": case.answer or "–"}
    reporters = case.reports.exclude(reporter=None).values_list("reporter_id", flat=True)
    told = {REPORT: list(reporters)}
    subject = subjects.find(case.kind)
    is_told = subject is not None and subject.tells_author
    if case.cause == Case.Cause.HELD and case.author_id and not is_told:
        told[DECISION] = [case.author_id]
    for kind, members in told.items():
        about = f"case:{case.pk}"
        tell(kind=kind, members=members, about=about, url=look.url, words=words, by=None, at=at)


def tell_of_sanction(sanction: Sanction, at: datetime) -> None:
    """Tell a member of a step, or of the answer to an appeal."""
    tell(
        kind=SANCTION,
        members=[sanction.member_id],
        about=f"sanction:{sanction.pk}",
        source=f"sanction:{sanction.pk}:{sanction.appeal_outcome}",
        url=reverse("moderation:standing"),
        words={"title": sanction.appeal_answer or sanction.reason},
        by=None,
        at=at,
    )
