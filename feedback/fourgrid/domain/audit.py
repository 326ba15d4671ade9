"""Finds ballots that were changed behind the vote's back: each must be its last saved version."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection

from feedback.fourgrid.domain import receipts
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.models import Ballot

PROBLEMS = {
    "added": "This ballot was never saved.",
    "removed": "This ballot was saved and is gone.",
    "changed": "This ballot is not as it was last saved.",
    "gap": "Versions of this ballot are missing.",
    "receipt": "This ballot is not the one its receipt was given for.",
}

# Every ballot beside its last version, where they differ or versions are missing.
COMPARE = """
WITH last AS (
    SELECT DISTINCT ON (member_id) *, count(*) OVER (PARTITION BY member_id) AS versions
      FROM fourgrid_ballotversion WHERE build_id = %(build)s
     ORDER BY member_id, revision DESC
)
SELECT coalesce(b.member_id, last.member_id),
       CASE WHEN last.member_id IS NULL THEN 'added'
            WHEN b.member_id IS NULL THEN 'removed'
            WHEN last.versions <> last.revision THEN 'gap'
            ELSE 'changed' END
  FROM (SELECT * FROM fourgrid_ballot WHERE build_id = %(build)s) b
  FULL JOIN last ON last.member_id = b.member_id
 WHERE (b.revision, b.mood, b.loved, b.let_down, b.wishes, b.comments, b.receipt, b.nonce)
       IS DISTINCT FROM (last.revision, last.mood, last.loved, last.let_down, last.wishes,
                         last.comments, last.receipt, last.nonce)
    OR last.versions <> last.revision
 ORDER BY 1
"""


class Finding(NamedTuple):
    """A ballot that is not what its member saved; ``problem`` is a key of ``PROBLEMS``."""

    member_id: int
    problem: str


def findings(build_id: int) -> Iterator[Finding]:
    """Compare a build's ballots with their log, and open every receipt. Reads every ballot."""
    with connection.cursor() as cursor:
        cursor.execute(COMPARE, {"build": build_id})
        yield from (Finding(*row) for row in cursor.fetchall())
    for ballot in Ballot.objects.filter(build=build_id).order_by("member").iterator():
        content = receipts.canonical(
            build_id=build_id, member_id=ballot.member_id, answers=Answers.of(ballot)
        )
        if receipts.digest(bytes(ballot.nonce), content) != bytes(ballot.receipt):
            yield Finding(ballot.member_id, "receipt")
