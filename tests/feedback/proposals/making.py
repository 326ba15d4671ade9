"""Wishes and rounds for tests: two builds of a product whose wish rounds overlap for two days."""

from dataclasses import dataclass
from datetime import UTC, datetime

from community.builds.models import Build, Product
from community.members.models import Member
from feedback.proposals.domain import create_proposal, put_votes
from feedback.proposals.models import Proposal
from feedback.proposals.queries.rounds import Purse
from tests.community.builds.making import DAY, DRAFTED, FRIDAY, State, make_build, make_product
from tests.community.members.making import make_member

# The round of the first build: 6 Nov 18:00 to 15 Nov 24:00 in Shanghai; that of the second opens
# a week after it.
IN_FIRST = datetime(2026, 11, 8, tzinfo=UTC)
IN_BOTH = datetime(2026, 11, 14, tzinfo=UTC)
CLOSED = datetime(2026, 11, 15, 16, tzinfo=UTC)
IN_SECOND = datetime(2026, 11, 17, tzinfo=UTC)


@dataclass(frozen=True)
class Rounds:
    product: Product
    first: Build
    second: Build

    def wish(self, title: str = "通话自动录音", author: Member | None = None) -> Proposal:
        return create_proposal(product=self.product, title=title, author=author, at=DRAFTED)


def of_level(level: int) -> Member:
    """A member whose rounds give as many votes as that level does."""
    member = make_member()
    member.level = level
    member.save(update_fields=["level"])
    return member


def make_rounds(*managers: Member) -> Rounds:
    product = make_product(managers=managers)
    first = make_build(State.SCHEDULED, product)
    second = make_build(State.SCHEDULED, product, release_on=FRIDAY + 7 * DAY)
    return Rounds(product, first, second)


def put(member: Member, wish: Proposal, build: Build, votes: int, at: datetime = IN_FIRST) -> Purse:
    return put_votes(member=member, proposal=wish, build=build, votes=votes, at=at)


def counts(*wishes: Proposal) -> list[tuple[int, int]]:
    """Votes and voters of each, as they are stored."""
    rows = {
        pk: (votes, voters)
        for pk, votes, voters in Proposal.objects.values_list("pk", "vote_count", "voter_count")
    }
    return [rows[wish.pk] for wish in wishes]
