"""Experience comes from ballots, fixed bugs and wishes: found by tasks, given once."""

from datetime import timedelta

import pytest

from community.forum.domain import posting, solving
from community.forum.domain.crediting import credit_fixed
from community.forum.models import Board, Topic
from community.honours.models import Entry
from feedback.fourgrid.domain.crediting import credit_counted
from feedback.fourgrid.models import Ballot, Tally
from feedback.proposals import domain as proposals
from feedback.proposals.crediting import credit_wishes
from feedback.proposals.models import Proposal
from tests.community.builds.making import CLOSE, make_member, make_product
from tests.feedback.reports.making import make_report

pytestmark = pytest.mark.django_db


def given() -> list[tuple[str, int]]:
    return list(Entry.objects.order_by("pk").values_list("rule", "amount"))


def test_voters_of_a_counted_build() -> None:
    build = make_report(make_product(), ballots=12).build
    voters = Ballot.objects.counted().count()
    assert [credit_counted(at=CLOSE), credit_counted(at=CLOSE)] == [voters, 0]
    Tally.objects.update(credited_at=None)
    assert credit_counted(at=CLOSE) == 0
    assert set(Entry.objects.values_list("source", flat=True)) == {f"build:{build.pk}"}


def test_a_fixed_bug_until_it_is_open_again() -> None:
    bug = posting.open_topic(
        board=Board.objects.get(slug="bugs"),
        title="It hangs",
        body="x",
        author=make_member(),
        kind=Topic.Kind.BUG,
        at=CLOSE,
    )
    assert credit_fixed(at=CLOSE) == 0
    solving.say_fixed(topic=bug, build="7", at=CLOSE)
    assert [credit_fixed(at=CLOSE + timedelta(hours=1)) for _again in range(2)] == [1, 0]
    solving.say_fixed(topic=bug, build="", at=CLOSE)
    assert [credit_fixed(at=CLOSE + timedelta(hours=2)) for _again in range(2)] == [1, 0]
    assert given() == [("bug", 10), ("bug", -10)]


def test_a_wish_accepted_and_shipped() -> None:
    product = make_product()
    wish = proposals.create_proposal(
        product=product, title="Silence", at=CLOSE, author=make_member()
    )
    for status in (Proposal.Status.OPEN, Proposal.Status.ACCEPTED, Proposal.Status.SHIPPED):
        proposals.answer_proposal(proposal=wish, status=status, at=CLOSE)
        credit_wishes(at=CLOSE)
    assert given() == [("accepted", 50), ("shipped", 50)]
