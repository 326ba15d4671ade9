"""Proves that a receipt is among the counted ballots of an award."""

from bisect import bisect_left
from dataclasses import dataclass

from awards.popcorn.domain import merkle
from awards.popcorn.models import Award
from feedback.fourgrid.models import Ballot


@dataclass(frozen=True, slots=True)
class ShownProof:
    """A proof as people read it: hashes in hexadecimal, from the receipt up to the root."""

    index: int
    count: int
    path: list[str]
    root: str


def proof_of(award: Award, receipt: bytes) -> ShownProof | None:
    """The proof of a receipt (32 bytes); None when it is not among the counted ones."""
    if not Ballot.objects.filter(build=award.build_id, receipt=receipt).counted().exists():
        return None
    kept = Ballot.objects.filter(build=award.build_id).counted().order_by("receipt")
    receipts = [bytes(one) for one in kept.values_list("receipt", flat=True)]
    proof = merkle.prove(receipts, bisect_left(receipts, receipt))
    path = [step.hex() for step in proof.path]
    return ShownProof(proof.index, proof.count, path, bytes(award.receipts_root).hex())
