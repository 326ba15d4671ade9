"""How many votes a proposal has and from how many people, those of merged ones counted once."""

from collections.abc import Iterable

from django.db import connection

from feedback.proposals.models import Proposal

# A vote counts while it stands, and when it came back for what its proposal has become. Whoever
# voted only for a proposal that was merged here counts as one vote; nobody counts as two people.
# What was carried along repeats a vote that was counted when it was given.
_SUMS = """
WITH RECURSIVE family (root, id, status) AS (
    SELECT id, id, status FROM proposals_proposal WHERE id = ANY(%(ids)s)
     UNION ALL
    SELECT family.root, merged.id, merged.status
      FROM family JOIN proposals_proposal AS merged ON merged.merged_into_id = family.id
), people AS (
    SELECT family.root, vote.member_id,
           count(*) FILTER (WHERE family.id = family.root AND vote.carried_from_id IS NULL) AS own
      FROM family JOIN proposals_vote AS vote ON vote.proposal_id = family.id
     WHERE (vote.returned_at IS NULL OR vote.returned_for = family.status)
       AND (%(member)s::bigint IS NULL OR vote.member_id = %(member)s)
     GROUP BY family.root, vote.member_id
), sums AS (
    SELECT root, count(*) AS voters, sum(greatest(own, 1)) AS votes FROM people GROUP BY root
)
"""
_RECOUNT = f"""{_SUMS}
UPDATE proposals_proposal AS proposal
   SET voter_count = coalesce(sums.voters, 0), vote_count = coalesce(sums.votes, 0)
  FROM unnest(%(ids)s) AS asked (id) LEFT JOIN sums ON sums.root = asked.id
 WHERE proposal.id = asked.id
"""  # noqa: S608 - constants of this module
_OF_ONE = f"{_SUMS} SELECT votes, voters FROM sums"  # noqa: S608 - the same
_ADD = """
UPDATE proposals_proposal SET vote_count = vote_count + %s, voter_count = voter_count + %s
 WHERE id = %s
"""


def recount(proposals: Iterable[int]) -> None:
    """Count proposals anew; their rows are locked, or nobody votes meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, {"ids": sorted(set(proposals)), "member": None})


def brought_by(proposal_id: int, member_id: int) -> tuple[int, int]:
    """What one member adds to the votes and to the voters of a proposal."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_ONE, {"ids": [proposal_id], "member": member_id})
        row = cursor.fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def add(proposal_id: int, *, votes: int, voters: int) -> None:
    """Change the counts of one proposal, whose row is locked, by what a member changed."""
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [votes, voters, proposal_id])


def with_everything_above(proposals: Iterable[int]) -> list[int]:
    """Proposals with those they are merged into, up to the last: whose counts depend on them."""
    above = set(proposals)
    reached = above
    while reached:
        rows = Proposal.objects.filter(pk__in=reached, merged_into__isnull=False)
        targets = set(rows.values_list("merged_into", flat=True))
        reached = {pk for pk in targets if pk} - above
        above |= reached
    return sorted(above)
