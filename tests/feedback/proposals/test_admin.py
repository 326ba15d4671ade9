"""Proposals in the administration."""

import pytest
from django.urls import reverse

from feedback.proposals.domain import create_proposal
from tests.community.builds.making import DRAFTED, make_product
from tests.community.members.making import make_member, signed_in

pytestmark = pytest.mark.django_db


def test_a_proposal_is_found_and_its_answer_is_not_given_here() -> None:
    proposal = create_proposal(product=make_product(), title="录音", at=DRAFTED)
    admin = signed_in(make_member("chief", is_staff=True, is_superuser=True))
    listed = admin.get(reverse("admin:proposals_proposal_changelist"), {"q": "录音"})
    assert "录音" in listed.content.decode()
    page = admin.get(reverse("admin:proposals_proposal_change", args=[proposal.pk]))
    assert 'name="status"' not in page.content.decode()
