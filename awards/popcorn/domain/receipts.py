"""Proves that a receipt is among the counted ballots of an award, from what was sealed."""

from bisect import bisect_left
from dataclasses import dataclass

from awards.popcorn.domain import merkle
from awards.popcorn.models import Award, ReceiptPage

DIGEST = 32


@dataclass(frozen=True, slots=True)
class ShownProof:
    """A proof as people read it: hashes in hexadecimal, from the receipt up to the root."""

    index: int
    count: int
    path: list[str]
    root: str


def proof_of(award: Award, receipt: bytes) -> ShownProof | None:
    """The proof of a receipt (32 bytes); None when it is not among the counted ones."""
    pages = ReceiptPage.objects.filter(award=award)
    page = pages.filter(first__lte=receipt).order_by("-first").first()
    if page is None:
        return None
    whole = bytes(page.receipts)
    receipts = [whole[at : at + DIGEST] for at in range(0, len(whole), DIGEST)]
    index = bisect_left(receipts, receipt)
    if index == len(receipts) or receipts[index] != receipt:
        return None
    roots = [bytes(root) for root in pages.order_by("number").values_list("root", flat=True)]
    within = merkle.prove(receipts, index)
    path = (*within.path, *merkle.path_of_hashes(roots, page.number))
    return ShownProof(
        index=page.number * ReceiptPage.SIZE + index,
        count=award.ballot_count,
        path=[step.hex() for step in path],
        root=bytes(award.receipts_root).hex(),
    )
