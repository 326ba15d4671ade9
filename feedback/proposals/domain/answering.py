"""What becomes of a proposal: a status everybody sees, with who set it and why."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from community.builds.models import Build, Feature
from community.members.models import Member
from feedback.proposals.domain import window
from feedback.proposals.domain.counting import recount, with_everything_above
from feedback.proposals.domain.refusals import (
    NoSuchMove,
    NotOfThisProduct,
    ReasonMissing,
    WishRefused,
)
from feedback.proposals.domain.rounds import carry_along, open_rounds_of
from feedback.proposals.models import AnswerNews, Proposal, ShippedNews, StatusChange, Vote

_ANSWER = ("status", "status_reason", "accepted_for", "built_as", "shipped_as")
# What of an answer everybody is told; which change will be it is the manager's note.
_TOLD = _ANSWER[:3]


def answer_proposal(
    *,
    proposal: Proposal,
    status: str,
    at: datetime,
    by: Member | None = None,
    reason: str = "",
    accepted_for: Build | None = None,
    built_as: Feature | None = None,
    shipped_as: Feature | None = None,
) -> Proposal:
    """Give a wish its status; without ``by`` the site itself does. The same answer changes nothing.

    `accepted_for` is kept from accepted onwards, `built_as` until it is shipped, `shipped_as` from
    then on. Votes come back when it ships or is declined; when it is deferred those of the round
    that closed last go along into the open ones. Raises ReasonMissing, NotOfThisProduct or
    NoSuchMove.
    """
    _require_reason(status, reason)
    _require_product(proposal, accepted_for, built_as, shipped_as)
    with transaction.atomic():
        rounds = open_rounds_of(proposal.product_id, at)
        window.hold_open(rounds)
        proposal.refresh_from_db(from_queryset=Proposal.objects.select_for_update())
        before = {name: getattr(proposal, name) for name in _ANSWER}
        _require_move(proposal.status, status)
        proposal.status, proposal.status_reason = status, reason.strip()
        proposal.accepted_for = accepted_for if status in Proposal.PLANNED else None
        proposal.built_as = built_as if status in Proposal.PLANNED[:2] else None
        proposal.shipped_as = shipped_as if status == Proposal.Status.SHIPPED else None
        if before == {name: getattr(proposal, name) for name in _ANSWER}:
            return proposal
        proposal.save(update_fields=_ANSWER)
        is_news = any(before[name] != getattr(proposal, name) for name in _TOLD)
        note_answer(proposal, by=by, at=at, is_news=is_news)
        if before["status"] != status:
            _move_votes(proposal, rounds, at)
        announce_if_out(proposal, at=at)
    proposal.refresh_from_db(fields=["vote_count", "voter_count"])
    return proposal


def answer_many(
    *,
    proposals: Iterable[Proposal],
    status: str,
    at: datetime,
    by: Member,
    reason: str = "",
    accepted_for: Build | None = None,
) -> dict[Proposal, WishRefused]:
    """Give several wishes the same answer, each by itself; gives those that refused it, and why."""
    refused: dict[Proposal, WishRefused] = {}
    for proposal in proposals:
        try:
            answer_proposal(
                proposal=proposal,
                status=status,
                at=at,
                by=by,
                reason=reason,
                accepted_for=accepted_for,
                built_as=proposal.built_as,
            )
        except WishRefused as why:
            refused[proposal] = why
    return refused


def note_change(proposal: Proposal, *, by: Member | None, at: datetime) -> StatusChange:
    """Add the status a proposal has now to its history."""
    build = build_of(proposal)
    return StatusChange.objects.create(
        proposal=proposal,
        status=proposal.status,
        reason=proposal.status_reason,
        build=build.version if build else "",
        by=by,
        at=at,
    )


def note_answer(
    proposal: Proposal, *, by: Member | None, at: datetime, is_news: bool = True
) -> None:
    """Add an answer to the history, and have it told in place of what is still to be told.

    That a wish shipped is told once its build is out, as news of its own.
    """
    change = note_change(proposal, by=by, at=at)
    if is_news:
        AnswerNews.objects.untold().filter(change__proposal=proposal).update(told_at=at)
        if proposal.status != Proposal.Status.SHIPPED:
            AnswerNews.objects.create(change=change, created_at=at)


def give_back(proposal: Proposal, *, at: datetime) -> None:
    """Return every vote that stands, for what the proposal has become; its row is locked."""
    standing = Vote.objects.standing().filter(proposal=proposal)
    standing.update(returned_at=at, returned_for=proposal.status)
    recount(with_everything_above([proposal.pk]))


def build_of(proposal: Proposal) -> Build | None:
    """The build it is planned for, or came in."""
    return proposal.shipped_as.build if proposal.shipped_as else proposal.accepted_for


def announce_if_out(proposal: Proposal, *, at: datetime) -> None:
    """Let everybody be told once a shipped wish is in a build that is out."""
    build = build_of(proposal)
    if proposal.status == Proposal.Status.SHIPPED and build and build.published_at:
        ShippedNews.objects.get_or_create(proposal=proposal, defaults={"created_at": at})


def _move_votes(proposal: Proposal, rounds: list[int], at: datetime) -> None:
    if proposal.status in Proposal.RETURNS_VOTES:
        give_back(proposal, at=at)
        return
    if proposal.status == Proposal.Status.DEFERRED:
        for pk in rounds:
            carry_along(round_id=pk, at=at, proposal_id=proposal.pk)
    recount(with_everything_above([proposal.pk]))


def _require_reason(status: str, reason: str) -> None:
    if status in Proposal.NEEDS_REASON and not reason.strip():
        raise ReasonMissing


def _require_product(proposal: Proposal, build: Build | None, *features: Feature | None) -> None:
    builds = [build, *(feature.build for feature in features if feature)]
    if {found.product_id for found in builds if found} - {proposal.product_id}:
        raise NotOfThisProduct


def _require_move(old: str, new: str) -> None:
    if new != old and new not in Proposal.MOVES[old]:
        raise NoSuchMove
    if old == new == Proposal.Status.MERGED:
        raise NoSuchMove
