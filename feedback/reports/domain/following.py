"""From what a report says to somebody who does something about it, in one step."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from community.builds.models import Engineer, Feature
from community.forum.domain import posting
from community.forum.models import Board, Kind
from community.members.models import Member
from community.notices.domain.telling import tell
from feedback.proposals.domain import create_proposal
from feedback.reports.models import FollowUp, Theme, VoteReport

BUGS = "bugs"
NOTE = "reports.note"


class NoBoard(Exception):
    """There is no board for bugs."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """What is followed up: a theme, a feature, or a comment by its ballot and place."""

    report: VoteReport
    theme: Theme | None = None
    feature: Feature | None = None
    ballot: int | None = None
    place: str = ""

    @property
    def comment(self) -> tuple[int, str] | None:
        return (self.ballot, self.place) if self.ballot else None

    @property
    def about(self) -> Feature | None:
        """The feature it speaks of: named, or the one that a comment stands at."""
        kind, _colon, pk = self.place.partition(":")
        if self.feature or kind != "feature":
            return self.feature
        return self.report.build.features.filter(pk=pk).first()


@dataclass(frozen=True, kw_only=True)
class Written:
    """What the manager wrote, and when."""

    title: str
    text: str
    by: Member
    at: datetime
    key: UUID


def propose(source: Source, written: Written) -> FollowUp:
    """Make it a proposal for a coming build; sent twice, it is made once.

    Raises what ``create_proposal`` raises.
    """
    return _once(source, written, FollowUp.Kind.PROPOSAL)


def open_bug(source: Source, written: Written) -> FollowUp:
    """Open a topic on the board for bugs. Raises ``NoBoard`` and what ``open_topic`` raises."""
    return _once(source, written, FollowUp.Kind.TOPIC)


def write_note(source: Source, written: Written, engineer: Engineer) -> FollowUp:
    """Put a note into an engineer's inbox, and tell them."""
    return _once(source, written, FollowUp.Kind.NOTE, engineer)


def _once(
    source: Source, written: Written, kind: FollowUp.Kind, engineer: Engineer | None = None
) -> FollowUp:
    with transaction.atomic():
        # One at a time for each report: the second finds what the first made.
        VoteReport.objects.select_for_update(no_key=True).only("pk").get(pk=source.report.pk)
        before = FollowUp.objects.filter(submission_key=written.key, made_by=written.by).first()
        if before:
            return before
        made = FollowUp(
            report=source.report,
            kind=kind,
            theme=source.theme,
            feature=source.feature,
            ballot_id=source.ballot,
            place=source.place,
            title=written.title,
            text=written.text,
            made_by=written.by,
            made_at=written.at,
            submission_key=written.key,
            engineer=engineer,
        )
        _carry_out(made, source, written)
        made.save()
        return made


def _carry_out(made: FollowUp, source: Source, written: Written) -> None:
    build = source.report.build
    match made.kind:
        case FollowUp.Kind.PROPOSAL:
            made.proposal = create_proposal(
                product=build.product,
                title=written.title,
                body=written.text,
                area=source.about.area if source.about else "",
                author=written.by,
                at=written.at,
            )
        case FollowUp.Kind.TOPIC:
            board = Board.objects.filter(slug=BUGS).first()
            if board is None:
                raise NoBoard
            made.topic = posting.open_topic(
                board=board,
                kind=Kind.BUG,
                title=written.title,
                body=written.text,
                author=written.by,
                build=build.slug,
                at=written.at,
            )
        case _:
            _tell(made, written)


def _tell(made: FollowUp, written: Written) -> None:
    engineer = made.engineer
    member = (engineer.merged_into or engineer).member_id if engineer else None
    if member:
        tell(
            kind=NOTE,
            members=[member],
            about=str(written.key),
            url=reverse("reports:inbox"),
            words={"title": written.title},
            by=written.by.pk,
            at=written.at,
        )
