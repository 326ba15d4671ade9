"""What the moderators' pages list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from community.members.models import Member
from community.moderation import acts, subjects
from community.moderation.desk import Desk
from community.moderation.models import (
    Case,
    CaseQuerySet,
    LogEntry,
    Note,
    Report,
    Sanction,
    WatchedWord,
)
from community.text.moments import moment_and_id
from community.text.whole import INTEGER, number

CASES_A_PAGE = 30
LINES_A_PAGE = 50
LOOKS_SHOWN = 50
WORDS_SHOWN = 500


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What of the queue is shown; "" leaves a filter out."""

    state: str = ""
    board: str = ""
    cause: str = ""
    reason: str = ""
    is_mine: bool = False

    @property
    def is_history(self) -> bool:
        return self.state == Case.State.SETTLED


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """Cases with what they are about; `further` is the cursor of the next page, "" on the last."""

    rows: Sequence[tuple[Case, subjects.Look | None]]
    further: str


def queue(desk: Desk, member: Member, filters: Filters, after: str = "") -> CasePage:
    """One page of what waits, the most urgent first; or of what was settled, newest first.

    `after` is a cursor; one that was made up gives the first page.
    """
    cases = _filtered(Case.objects.within(desk.boards), member, filters)
    column = "settled_at" if filters.is_history else "score"
    cases = cases.order_by(f"-{column}", "-pk")
    if place := _place(after, is_moment=filters.is_history):
        value, pk = place
        cases = cases.filter(Q(**{f"{column}__lt": value}) | Q(**{column: value}, pk__lt=pk))
    found = list(cases.select_related("author", "claimed_by", "settled_by")[: CASES_A_PAGE + 1])
    shown = found[:CASES_A_PAGE]
    looks = subjects.looks([(case.kind, case.subject) for case in shown])
    further = ""
    if len(found) > CASES_A_PAGE:
        value = getattr(shown[-1], column)
        further = f"{value.isoformat() if filters.is_history else value}~{shown[-1].pk}"
    rows = [(case, looks.get((case.kind, case.subject))) for case in shown]
    return CasePage(rows=rows, further=further)


def next_case(desk: Desk, member: Member, filters: Filters, at: datetime) -> Case | None:
    """The most urgent case that nobody else has in hand."""
    cases = _filtered(Case.objects.within(desk.boards), member, filters)
    return cases.takeable(member, at).by_urgency().first()


def waiting(desk: Desk) -> int:
    """How many cases wait, as far as a hundred."""
    return Case.objects.within(desk.boards).unsettled()[:100].count()


def _filtered(cases: CaseQuerySet, member: Member, filters: Filters) -> CaseQuerySet:
    settled = Q(state=Case.State.SETTLED)
    cases = cases.filter(settled) if filters.is_history else cases.exclude(settled)
    if filters.state and not filters.is_history:
        cases = cases.filter(state=filters.state)
    if filters.board:
        cases = cases.filter(board=filters.board)
    if filters.cause:
        cases = cases.filter(cause=filters.cause)
    if filters.reason:
        given = Report.objects.filter(case=OuterRef("pk"), reason=filters.reason)
        cases = cases.filter(Exists(given))
    if filters.is_mine:
        mine = "settled_by" if filters.is_history else "claimed_by"
        cases = cases.filter(**{mine: member})
    return cases


def _place(cursor: str, *, is_moment: bool) -> tuple[datetime | int, int] | None:
    if is_moment:
        return moment_and_id(cursor)
    score, _tilde, told = cursor.partition("~")
    value, pk = number(score, below=INTEGER), number(told)
    return None if value is None or pk is None else (value, pk)


def reports_of(case: Case) -> QuerySet[Report]:
    return case.reports.select_related("reporter").order_by("created_at", "pk")


def earlier_cases(case: Case) -> QuerySet[Case]:
    """What there was about the same author before, newest first."""
    theirs = Case.objects.filter(author=case.author).exclude(pk=case.pk)
    return theirs.select_related("settled_by").order_by("-opened_at", "-pk")[:10]


def cases_about(desk: Desk, member: Member) -> CaseQuerySet:
    """The cases about what a member wrote, on the desk's boards, newest first."""
    theirs = Case.objects.within(desk.boards).filter(author=member)
    return theirs.select_related("settled_by").order_by("-opened_at", "-pk")[:20]


def sanctions_of(member: Member) -> QuerySet[Sanction]:
    """A member's ladder, newest first."""
    given = member.sanctions.select_related("by", "lifted_by", "appeal_settled_by", "case")
    return given.order_by("-given_at", "-pk")


def notes_of(member: Member) -> QuerySet[Note]:
    return member.staff_notes.select_related("by").order_by("-created_at", "-pk")[:20]


def watched_words() -> QuerySet[WatchedWord]:
    """The list of watched words, by word."""
    return WatchedWord.objects.select_related("added_by").order_by("pattern", "pk")[:WORDS_SHOWN]


def log_lines(
    *, act: str = "", by: str = "", subject: str = "", before: str = ""
) -> tuple[list[LogEntry], str]:
    """One page of the staff log, newest first, and the cursor of the next one ("" on the last)."""
    lines = LogEntry.objects.select_related("by", "undone_by").order_by("-pk")
    if act:
        lines = lines.filter(act=act)
    if by:
        lines = lines.filter(by__username=by.lower())
    if subject:
        lines = lines.filter(subject=subject)
    if line := number(before):
        lines = lines.filter(pk__lt=line)
    found = list(lines[: LINES_A_PAGE + 1])
    shown = found[:LINES_A_PAGE]
    return shown, str(shown[-1].pk) if len(found) > LINES_A_PAGE else ""


def looks_at(member: Member) -> QuerySet[LogEntry]:
    """When staff looked at a member's data, newest first."""
    looks = LogEntry.objects.filter(about__contains=[member.pk], act__in=acts.looks())
    return looks.order_by("-pk")[:LOOKS_SHOWN]
