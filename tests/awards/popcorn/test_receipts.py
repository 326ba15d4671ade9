"""A receipt is proved to be among the counted ones, from one page of them and the pages' roots."""

import hashlib

import pytest

from awards.popcorn.domain import award as awards
from awards.popcorn.domain import merkle
from awards.popcorn.domain.receipts import ShownProof, proof_of
from awards.popcorn.models import Award, ReceiptPage
from feedback.fourgrid.models import Ballot
from tests.awards.popcorn.making import TALLIED, closed_week, computed_week

pytestmark = pytest.mark.django_db


def leads_to_the_root(proof: ShownProof, receipt: bytes, award: Award) -> bool:
    path = tuple(bytes.fromhex(step) for step in proof.path)
    told = merkle.Proof(proof.index, proof.count, path)
    return proof.root == bytes(award.receipts_root).hex() and merkle.check(
        bytes.fromhex(proof.root), receipt, told
    )


@pytest.mark.parametrize("size", [1, 16, 64])
def test_every_receipt_leads_to_the_signed_root(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReceiptPage, "SIZE", size)
    award = computed_week(ballots=50)
    for receipt in receipts(award):
        proof = proof_of(award, receipt)
        assert proof
        assert leads_to_the_root(proof, receipt, award)


@pytest.mark.parametrize("receipt", [bytes(32), b"\xff" * 32, hashlib.sha256(b"other").digest()])
def test_any_other_receipt_is_not_in_it(receipt: bytes) -> None:
    assert proof_of(computed_week(ballots=20), receipt) is None


def test_the_receipt_of_a_staff_ballot_is_not_in_it() -> None:
    build = closed_week(ballots=5)
    Ballot.objects.filter(pk=Ballot.objects.first().pk).update(is_staff=True)
    award = awards.compute(build_id=build.pk, at=TALLIED)
    staff = bytes(Ballot.objects.get(is_staff=True).receipt)
    assert proof_of(award, staff) is None


def test_a_proof_shows_what_was_sealed_whatever_became_of_the_ballot() -> None:
    award = computed_week(ballots=5)
    receipt = receipts(award)[0]
    Ballot.objects.filter(receipt=receipt).update(receipt=bytes(32))
    assert proof_of(award, receipt)


def receipts(award: Award) -> list[bytes]:
    rows = Ballot.objects.filter(build=award.build).values_list("receipt", flat=True)
    return [bytes(receipt) for receipt in rows]
