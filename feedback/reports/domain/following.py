"""From what a report says to somebody who does something about it, in one step."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from community.builds.models import Engineer, Feature
from community.forum.domain import posting
from community.forum.models import Board, Kind
from community.members.models import Member
from community.notices.domain.telling import tell
from feedback.proposals.domain import create_proposal
from feedback.reports.domain.folding import FEWEST, OTHER, UNKNOWN
from feedback.reports.models import Dimension, FollowUp, Theme, VoteReport

BUGS = "bugs"
# A theme is about one device when at least this part of its ballots come from it.
CLEAR = Fraction(2, 3)
NOTE = "reports.note"
UNNAMED = {OTHER, UNKNOWN}


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

    @property
    def device(self) -> str:
        """The device that a theme is clearly about; "" without one, and of a single comment.

        Everybody will read it: at least five voters say so, as far as lists of ballots tell.
        """
        if self.theme is None:
            return ""
        faces: dict[str, int] = self.theme.faces.get(Dimension.FAMILY, {})
        named = [(ballots, name) for name, ballots in faces.items() if name not in UNNAMED]
        most, device = max(named, default=(0, ""))
        return device if most >= FEWEST and most >= CLEAR * self.theme.ballots else ""

    @property
    def devices(self) -> list[str]:
        """Those to choose from."""
        families = self.report.build.product.devices.values_list("family", flat=True)
        return sorted({*families, self.device} - {""})


@dataclass(frozen=True, kw_only=True)
class Written:
    """What the manager wrote, and when."""

    title: str
    text: str
    by: Member
    at: datetime
    key: UUID
    # Of a bug topic: the device it is about, "" for several.
    device: str = ""


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
                device=written.device,
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
