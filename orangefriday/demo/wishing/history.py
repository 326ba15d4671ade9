"""What became of the demo's wishes, step by step, and who was told of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import F

from community.members.models import Member
from feedback.proposals.domain import telling
from feedback.proposals.models import AnswerNews, Proposal, ShippedNews, StatusChange, Vote
from orangefriday.demo.wishing.lives import DAY, Life, Status, ended_at

TOLD_FOR = 10 * DAY
_BEFORE = {
    Status.OPEN: (),
    Status.UNDER_REVIEW: (Status.UNDER_REVIEW,),
    Status.ACCEPTED: (Status.UNDER_REVIEW, Status.ACCEPTED),
    Status.IN_DEVELOPMENT: (Status.UNDER_REVIEW, Status.ACCEPTED, Status.IN_DEVELOPMENT),
    Status.SHIPPED: (Status.ACCEPTED, Status.IN_DEVELOPMENT, Status.SHIPPED),
    Status.DEFERRED: (Status.UNDER_REVIEW, Status.DEFERRED),
    Status.DECLINED: (Status.UNDER_REVIEW, Status.DECLINED),
    Status.MERGED: (Status.MERGED,),
}


def tell_history(lives: list[Life], manager: Member, at: datetime) -> None:
    rows = [row for life in lives for row in _changes(life, manager, at)]
    StatusChange.objects.bulk_create(sorted(rows, key=lambda row: row.at))


def _changes(life: Life, manager: Member, at: datetime) -> Iterator[StatusChange]:
    proposal = life.proposal
    yield StatusChange(
        proposal=proposal, status=Status.OPEN, by=proposal.author, at=proposal.created_at
    )
    path = _BEFORE[Status(proposal.status)]
    last = ended_at(life, at)
    for step, status in enumerate(path, start=1):
        is_last = step == len(path)
        is_by_site = status == Status.SHIPPED
        back = timedelta() if is_last else (last - proposal.created_at) / 3 / step
        is_for_build = status in Proposal.PLANNED and life.build
        yield StatusChange(
            proposal=proposal,
            status=status,
            reason=proposal.status_reason if is_last else "",
            build=life.build.version if is_for_build and life.build else "",
            by=None if is_by_site else manager,
            at=last - back,
        )


def tell_news(lives: list[Life]) -> None:
    """Whoever asked for what shipped has been told, in its time."""
    ShippedNews.objects.bulk_create(
        ShippedNews(
            proposal=life.proposal,
            told=Vote.objects.filter(proposal=life.proposal).values("member").distinct().count(),
            created_at=life.build.published_at,
            told_at=life.build.published_at,
        )
        for life in lives
        if life.proposal.status == Status.SHIPPED and life.build and life.build.published_at
    )


def tell_answers(at: datetime) -> None:
    """Who asked hears what managers answered lately, when they did."""
    answers = StatusChange.objects.filter(at__gt=at - TOLD_FOR, status=F("proposal__status"))
    for change in answers.exclude(status__in=(Status.OPEN, Status.SHIPPED)).order_by("at"):
        AnswerNews.objects.create(change=change, created_at=change.at)
        telling.tell_answers(at=change.at)
