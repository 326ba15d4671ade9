"""Is my ballot in it? A page that answers yes with the proof, no with what may be the reason."""

from copy import deepcopy

import pytest
from django.test import Client
from django.urls import reverse

from awards.popcorn.models import Award
from feedback.fourgrid.models import Ballot
from tests.awards.popcorn.making import awarded_week

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made_award(stage: None) -> Award:
    return awarded_week(ballots=20)


@pytest.fixture
def award(made_award: Award, db: None) -> Award:
    return deepcopy(made_award)


def asked(client: Client, award: Award, receipt: str) -> str:
    page = reverse("popcorn:receipt", args=[award.build.slug, 1])
    return client.get(page, {"receipt": receipt}).content.decode()


@pytest.fixture
def receipt(award: Award) -> str:
    return bytes(Ballot.objects.filter(build=award.build).first().receipt).hex()


def test_a_counted_receipt_comes_with_its_proof(client: Client, award: Award, receipt: str) -> None:
    html = asked(client, award, receipt)
    assert "Your ballot, as you last saved it, was counted." in html
    assert bytes(award.receipts_root).hex() in html


def test_it_may_be_pasted_with_spaces_and_capitals(
    client: Client, award: Award, receipt: str
) -> None:
    assert "was counted" in asked(client, award, f" {receipt[:32].upper()} {receipt[32:]} ")


def test_another_receipt_is_not_among_them(client: Client, award: Award) -> None:
    assert "This receipt is not among the counted ballots." in asked(client, award, "ab" * 32)


@pytest.mark.parametrize("receipt", ["", "ab", "zz" * 32])
def test_what_is_no_receipt_is_said_so(client: Client, award: Award, receipt: str) -> None:
    html = asked(client, award, receipt)
    assert "64 digits" in html or "This field is required." in html
    assert "The proof" not in html
