"""Wishes: written down, answered with a reason, and on the ballot while they live."""

import pytest
from django.db import IntegrityError, transaction

from community.builds.models import Product
from feedback.proposals import domain
from feedback.proposals.domain import answer_proposal, create_proposal, edit_proposal
from feedback.proposals.models import Proposal
from feedback.proposals.queries.lists import on_ballot
from tests.community.builds.making import DRAFTED, add_feature, make_draft, make_product

pytestmark = pytest.mark.django_db
Status = Proposal.Status


def wish(product: Product, title: str = "通话自动录音", **fields: object) -> Proposal:
    return create_proposal(product=product, title=title, at=DRAFTED, **fields)


def test_a_new_wish_is_open() -> None:
    assert wish(make_product()).status == Status.OPEN


def test_editing_leaves_the_answer() -> None:
    proposal = wish(make_product())
    answer_proposal(proposal=proposal, status=Status.ACCEPTED, at=DRAFTED)
    edit_proposal(proposal=proposal, title="录音", body="所有通话", area="电话", at=DRAFTED)
    proposal.refresh_from_db()
    assert (proposal.title, proposal.area, proposal.status) == ("录音", "电话", Status.ACCEPTED)


@pytest.mark.parametrize("status", [Status.DEFERRED, Status.DECLINED])
def test_refusing_needs_a_reason_in_the_domain_and_in_the_database(status: str) -> None:
    proposal = wish(make_product())
    with pytest.raises(domain.ReasonMissing):
        answer_proposal(proposal=proposal, status=status, reason="  ", at=DRAFTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(status=status)
    answer_proposal(proposal=proposal, status=status, reason="耗电", at=DRAFTED)
    assert Proposal.objects.get().status_reason == "耗电"


def test_build_and_feature_are_kept_as_long_as_they_say_something() -> None:
    build = make_draft()
    proposal, feature = wish(build.product), build.features.first()
    plan = {"accepted_for": build, "shipped_as": feature}
    for status, planned, shipped in (
        (Status.OPEN, None, None),
        (Status.ACCEPTED, build, None),
        (Status.IN_DEVELOPMENT, build, None),
        (Status.SHIPPED, build, feature),
    ):
        answer_proposal(proposal=proposal, status=status, at=DRAFTED, **plan)
        assert (proposal.accepted_for, proposal.shipped_as) == (planned, shipped)


@pytest.mark.parametrize("other", ["accepted_for", "shipped_as"])
def test_builds_of_other_products_are_refused(other: str) -> None:
    elsewhere = make_draft()
    thing = elsewhere if other == "accepted_for" else add_feature(elsewhere, "林浩")
    with pytest.raises(domain.NotOfThisProduct):
        answer_proposal(
            proposal=wish(make_product()), status=Status.SHIPPED, at=DRAFTED, **{other: thing}
        )


def test_the_ballot_offers_what_lives_of_its_product_planned_first() -> None:
    build = make_draft()
    for status in {*Status.values} - {Status.MERGED}:
        answer_proposal(proposal=wish(build.product, status), status=status, reason="x", at=DRAFTED)
    wish(make_product(), "elsewhere")
    offered = [proposal.title for proposal in on_ballot(build)]
    assert offered == ["accepted", "in_development", "open", "under_review"]
