"""Saving a ballot: the whole vote is one call of one database function."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from community.members.prepared import Statement
from feedback.fourgrid.domain import receipts
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.domain.refusals import BallotRefused, Reason

SAVE = Statement(
    "fourgrid_save_ballot",
    """
    SELECT status, revision, saved_at, encode(receipt, 'hex') AS receipt, moment, ids
      FROM fourgrid_save_ballot($1::bigint, $2::bigint, $3::smallint,
                                $4::bigint[], $5::bigint[], $6::bigint[],
                                $7::jsonb, $8::bytea, $9::bytea, $10::integer)
    """,
)


@dataclass(frozen=True, slots=True)
class SavedBallot:
    """What stands in the database: ``revision`` counts from 1, ``receipt`` is 32 bytes.

    ``is_repeat``: the same ballot was there already, and nothing was written.
    """

    revision: int
    saved_at: datetime
    receipt: bytes
    is_repeat: bool


def save_ballot(
    *,
    member_id: int,
    build_id: int,
    answers: Answers,
    build: str = "",
    replaces: int | None = None,
) -> SavedBallot:
    """Save or change a member's ballot, atomically; the database's clock decides.

    The same answers again change nothing and give the same receipt. ``replaces`` is the
    revision that the member has seen (0: none); a newer one is then kept and this one refused.
    ``build`` is how sentences name the build. Raises ``BallotRefused``.
    """
    receipt = receipts.issue(build_id=build_id, member_id=member_id, answers=answers)
    row = SAVE.row(
        build_id,
        member_id,
        int(answers.mood),
        _array(answers.loved),
        _array(answers.let_down),
        _array(answers.wishes),
        json.dumps(answers.comments),
        receipt.digest,
        receipt.nonce,
        replaces,
    )
    return _outcome(cast("dict[str, Any]", row), build)


def _outcome(row: dict[str, Any], build: str) -> SavedBallot:
    saved_at = row["saved_at"] and datetime.fromisoformat(row["saved_at"])
    if row["status"] in {"saved", "kept"}:
        return SavedBallot(
            revision=row["revision"],
            saved_at=saved_at,
            receipt=bytes.fromhex(row["receipt"]),
            is_repeat=row["status"] == "kept",
        )
    moment = row["moment"] and datetime.fromisoformat(row["moment"])
    raise BallotRefused(
        Reason(row["status"]), build=build, moment=moment or saved_at, ids=row["ids"] or ()
    )


def _array(ids: tuple[int, ...]) -> str:
    """An array as PostgreSQL reads it."""
    return f"{{{','.join(map(str, ids))}}}"
