"""Saving a ballot: the whole vote is one call of one database function."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from feedback.fourgrid.domain import receipts
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.domain.refusals import BallotRefused, Reason

CALL = """
SELECT status, revision, saved_at, receipt, moment, ids FROM fourgrid_save_ballot(
    %s, %s, %s::smallint, %s::bigint[], %s::bigint[], %s::bigint[], %s::jsonb, %s, %s, %s)
"""


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
    with connection.cursor() as cursor:
        cursor.execute(
            CALL,
            (
                build_id,
                member_id,
                int(answers.mood),
                list(answers.loved),
                list(answers.let_down),
                list(answers.wishes),
                json.dumps(answers.comments),
                receipt.digest,
                receipt.nonce,
                replaces,
            ),
        )
        status, revision, saved_at, digest, moment, ids = cursor.fetchone()
    if status in {"saved", "kept"}:
        return SavedBallot(revision, saved_at, bytes(digest), is_repeat=status == "kept")
    raise BallotRefused(Reason(status), build=build, moment=moment or saved_at, ids=ids or ())
