"""Receipts: a salted commitment that shows a ballot was counted, and not what it says (回执)."""

import hashlib
import json
import secrets
from dataclasses import dataclass

from feedback.fourgrid.domain.answers import Answers

FORMAT = 1
NONCE_BYTES = 16


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the member keeps (32 bytes), and the salt that stays with the ballot (16 bytes).

    Without the salt nobody can try the few likely ballots against a receipt, not even its
    owner: it proves that the ballot is in the count, and proves a choice to no buyer of votes.
    """

    digest: bytes
    nonce: bytes


def canonical(*, build_id: int, member_id: int, answers: Answers) -> bytes:
    """The bytes a receipt commits to: JSON with sorted keys, no spaces, UTF-8."""
    content = {
        "format": FORMAT,
        "build": build_id,
        "member": member_id,
        "mood": int(answers.mood),
        "loved": answers.loved,
        "let_down": answers.let_down,
        "wishes": answers.wishes,
        "comments": answers.comments,
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(nonce: bytes, content: bytes) -> bytes:
    """SHA-256(nonce ‖ canonical content)."""
    return hashlib.sha256(nonce + content).digest()


def issue(*, build_id: int, member_id: int, answers: Answers) -> Receipt:
    """A new receipt for these answers: the same answers never get the same receipt twice."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    content = canonical(build_id=build_id, member_id=member_id, answers=answers)
    return Receipt(digest=digest(nonce, content), nonce=nonce)
