"""Proposals that say the same: made one, and taken apart again as if nothing had been."""

from datetime import datetime

from django.db import transaction

from community.members.models import Member
from feedback.proposals.domain import window
from feedback.proposals.domain.answering import give_back, note_answer
from feedback.proposals.domain.counting import recount, with_everything_above
from feedback.proposals.domain.refusals import CannotMerge, NotMerged, NotOfThisProduct
from feedback.proposals.models import Merge, Proposal, Vote, WishRound

Status = Proposal.Status
_FIELDS = ("status", "status_reason", "merged_into")


@transaction.atomic
def merge(*, proposal: Proposal, into: Proposal, by: Member | None, at: datetime) -> Merge:
    """Make a proposal one with another: its voters count there, each once; their votes come back.

    The other one keeps its status and its talk. Raises NotOfThisProduct or CannotMerge.
    """
    if proposal.product_id != into.product_id:
        raise NotOfThisProduct
    _lock([proposal.pk, into.pk])
    proposal.refresh_from_db()
    into.refresh_from_db()
    is_open = into.status not in {Status.MERGED, Status.DECLINED}
    if proposal.pk == into.pk or proposal.status not in Proposal.MERGEABLE or not is_open:
        raise CannotMerge
    done = Merge.objects.create(
        proposal=proposal,
        into=into,
        was_status=proposal.status,
        was_reason=proposal.status_reason,
        by=by,
        at=at,
    )
    _become(proposal, Status.MERGED, "", into, by=by, at=at)
    give_back(proposal, at=at)
    return done


@transaction.atomic
def unmerge(*, proposal: Proposal, by: Member | None, at: datetime) -> Proposal:
    """Take a merge back: the status it had, and its votes where they stood.

    Whoever has spent a vote that came back leaves it where it is now. Raises NotMerged.
    """
    rounds = Vote.objects.filter(proposal=proposal, returned_for=Status.MERGED).values("round")
    window.hold_closed(list(WishRound.objects.filter(pk__in=rounds).values_list("pk", flat=True)))
    above = with_everything_above([proposal.pk])
    _lock(above)
    proposal.refresh_from_db()
    done = Merge.objects.filter(proposal=proposal, reversed_at=None).first()
    if done is None:
        raise NotMerged
    done.reversed_by, done.reversed_at = by, at
    done.save(update_fields=["reversed_by", "reversed_at"])
    _become(proposal, done.was_status, done.was_reason, None, by=by, at=at)
    _stand_again(proposal)
    recount({*above, *with_everything_above([proposal.pk])})
    return proposal


def _lock(proposals: list[int]) -> None:
    rows = Proposal.objects.select_for_update().filter(pk__in=proposals).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _become(
    proposal: Proposal,
    status: str,
    reason: str,
    into: Proposal | None,
    *,
    by: Member | None,
    at: datetime,
) -> None:
    proposal.status, proposal.status_reason, proposal.merged_into = status, reason, into
    proposal.save(update_fields=_FIELDS)
    note_answer(proposal, by=by, at=at)


def _stand_again(proposal: Proposal) -> None:
    """Give returned votes back to the proposal, in their slot or another that is free."""
    returned = Vote.objects.filter(proposal=proposal, returned_for=Status.MERGED)
    votes = list(returned.order_by("member", "round", "nth"))
    givers = {vote.member_id for vote in votes}
    standing = (
        Vote.objects.standing()
        .given()
        .filter(member__in=givers, round__in={vote.round_id for vote in votes})
    )
    taken = set(standing.values_list("member", "round", "slot"))
    for vote in votes:
        vote.slot = _free_slot(vote, taken) if vote.carried_from_id is None else None
        taken.add((vote.member_id, vote.round_id, vote.slot))
        vote.returned_at, vote.returned_for = None, ""
    homeless = [vote for vote in votes if vote.slot is None and vote.carried_from_id is None]
    Vote.objects.filter(pk__in=[vote.pk for vote in homeless]).delete()
    back = [vote for vote in votes if vote not in homeless]
    Vote.objects.bulk_update(back, ["slot", "returned_at", "returned_for"], batch_size=1000)


def _free_slot(vote: Vote, taken: set[tuple[int, int, int | None]]) -> int | None:
    """Its own slot first; None when its giver has spent the whole budget elsewhere."""
    slots = [vote.slot, *range(1, vote.budget + 1)]
    free = (slot for slot in slots if (vote.member_id, vote.round_id, slot) not in taken)
    return next(free, None)
