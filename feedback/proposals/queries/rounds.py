"""Wish rounds as somebody sees them: what is open, one's budget, how the votes fell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from community.builds.models import Build, Product
from community.members.models import Member
from community.members.permissions import User, is_member
from feedback.proposals.models import BUDGETS, MOST_ON_ONE, Proposal, Vote

# Of a round without a row: that is made when it is needed first.
NOT_BEGUN = 0


@dataclass(frozen=True, kw_only=True)
class Purse:
    """What a member has of a round: `here` are the votes on the proposal in question."""

    budget: int
    spent: int
    here: int = 0

    @property
    def left(self) -> int:
        return self.budget - self.spent


@dataclass(frozen=True, kw_only=True)
class OpenRound:
    """A round that takes votes, with the reader's purse; None for visitors."""

    build: Build
    closes_at: datetime
    purse: Purse | None

    @property
    def choices(self) -> list[int]:
        """How many votes the reader can have on the proposal."""
        if self.purse is None:
            return []
        return list(range(1, min(MOST_ON_ONE, self.purse.here + self.purse.left) + 1))


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A proposal in a round: its votes there, from how many people, how many came along."""

    proposal: Proposal
    votes: int
    voters: int
    carried: int


def purse_of(member: Member, round_id: int, proposal: Proposal | None = None) -> Purse:
    """The budget of a member in a round, what they spent of it and what of that stands here.

    A level won during a round widens the budget; one that is lost takes nothing of it.
    """
    return _purses_of(member, [round_id], proposal)[round_id]


def _purses_of(
    member: Member, round_ids: Iterable[int], proposal: Proposal | None
) -> dict[int, Purse]:
    """The same of several rounds, asked at once."""
    given: dict[int, list[tuple[int, int]]] = {pk: [] for pk in round_ids}
    standing = Vote.objects.standing().given().filter(member=member, round__in=given)
    for round_id, budget, voted in standing.values_list("round", "budget", "proposal"):
        given[round_id].append((budget, voted))
    here = proposal.pk if proposal else None
    return {
        round_id: Purse(
            budget=max([BUDGETS[member.level], *(budget for budget, _pk in rows)]),
            spent=len(rows),
            here=sum(pk == here for _budget, pk in rows),
        )
        for round_id, rows in given.items()
    }


def builds_in_round(at: datetime) -> QuerySet[Build]:
    """Builds whose wish round is open, the one that closes first in front."""
    window = Q(wishes_open_at__lte=at, wishes_close_at__gt=at, state=Build.State.SCHEDULED)
    taking = Build.objects.filter(window).exclude(wish_round__closed_at__isnull=False)
    return taking.select_related("product", "wish_round").order_by("wishes_close_at", "pk")


def builds_with_a_round(at: datetime) -> QuerySet[Build]:
    """Builds whose round has begun; that of others is nobody's business yet."""
    return Build.objects.filter(wishes_open_at__lte=at)


def open_rounds(
    user: User, at: datetime, *, proposal: Proposal | None = None, product: Product | None = None
) -> list[OpenRound]:
    """The rounds that take votes now: of a proposal's product, of a product, or all."""
    builds = builds_in_round(at)
    if owner := (proposal.product_id if proposal else product and product.pk):
        builds = builds.filter(product=owner)
    rounds = {build: _round_id(build) for build in builds}
    purses = {}
    if is_member(user):
        purses = _purses_of(user, rounds.values(), proposal)  # type: ignore[arg-type]  # asked of members alone
    return [
        OpenRound(build=build, closes_at=build.wishes_close_at, purse=purses.get(round_id))
        for build, round_id in rounds.items()
        if build.wishes_close_at
    ]


def _round_id(build: Build) -> int:
    return build.wish_round.pk if hasattr(build, "wish_round") else NOT_BEGUN


def standings(build: Build, *, undecided: bool = True) -> Sequence[Standing]:
    """How the votes of a build's round fell, most first; wishes without a vote come last."""
    in_round = Q(votes__round__build=build, votes__returned_at=None)
    rows = Proposal.objects.visible().filter(product=build.product_id)
    if undecided:
        rows = rows.filter(status__in=Proposal.VOTABLE)
    counted = rows.annotate(
        round_votes=Count("votes", filter=in_round),
        round_voters=Count("votes__member", filter=in_round, distinct=True),
        carried=Count("votes", filter=in_round & Q(votes__carried_from__isnull=False)),
    )
    ordered = counted.select_related("author", "topic").order_by(
        "-round_votes", "-vote_count", "-pk"
    )
    return [
        Standing(proposal=p, votes=p.round_votes, voters=p.round_voters, carried=p.carried)  # type: ignore[attr-defined]  # set by the query
        for p in ordered
    ]


def rounds_to_decide_by(user: User, at: datetime) -> QuerySet[Build]:
    """Builds of a manager's products whose round has begun and which have not gone out."""
    begun = Build.objects.filter(state=Build.State.SCHEDULED, wishes_open_at__lte=at)
    theirs = begun.filter(product__in=Product.objects.managed_by(user))
    return theirs.select_related("product").order_by("wishes_close_at", "pk")
