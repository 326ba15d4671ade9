"""Wish rounds: opened and closed with the week of their build; what was deferred goes along."""

from datetime import datetime

from django.db import connection, transaction

from community.builds.domain.window import moment
from community.builds.models import Build
from feedback.proposals.domain import window
from feedback.proposals.models import WishRound

# Votes of the round that closed last before this one, on proposals that are deferred: each stands
# here once more, as far as its giver has not reached three on that proposal.
_CARRY = """
WITH before AS (
    SELECT earlier.id
      FROM proposals_wishround AS earlier JOIN builds_build AS week ON week.id = earlier.build_id
      JOIN builds_build AS own ON own.id = (
           SELECT build_id FROM proposals_wishround WHERE id = %(round)s)
     WHERE earlier.closed_at IS NOT NULL AND week.product_id = own.product_id
       AND week.channel = own.channel AND week.wishes_close_at < own.wishes_close_at
     ORDER BY week.wishes_close_at DESC LIMIT 1
), deferred AS (
    SELECT id FROM proposals_proposal
     WHERE status = 'deferred' AND id IN (
           SELECT proposal_id FROM proposals_vote WHERE round_id = (SELECT id FROM before))
       AND (%(proposal)s::bigint IS NULL OR id = %(proposal)s)
     ORDER BY id FOR SHARE
), going AS (
    SELECT vote.id, vote.member_id, vote.proposal_id, vote.budget,
           row_number() OVER (PARTITION BY vote.proposal_id, vote.member_id ORDER BY vote.nth)
           AS turn
      FROM proposals_vote AS vote JOIN deferred ON deferred.id = vote.proposal_id
     WHERE vote.round_id = (SELECT id FROM before) AND vote.returned_at IS NULL
       AND NOT EXISTS (SELECT FROM proposals_vote AS next WHERE next.carried_from_id = vote.id)
), free AS (
    SELECT giver.proposal_id, giver.member_id, place.nth,
           row_number() OVER (PARTITION BY giver.proposal_id, giver.member_id ORDER BY place.nth)
           AS turn
      FROM (SELECT DISTINCT proposal_id, member_id FROM going) AS giver
     CROSS JOIN generate_series(1, 3) AS place (nth)
     WHERE NOT EXISTS (
           SELECT FROM proposals_vote AS here
            WHERE here.round_id = %(round)s AND here.proposal_id = giver.proposal_id
              AND here.member_id = giver.member_id AND here.nth = place.nth
              AND here.returned_at IS NULL)
)
INSERT INTO proposals_vote (round_id, member_id, proposal_id, budget, nth, cast_at,
                            carried_from_id, returned_for)
SELECT %(round)s, member_id, proposal_id, budget, nth, %(at)s, id, ''
  FROM going JOIN free USING (proposal_id, member_id, turn)
 ORDER BY member_id, proposal_id, nth
ON CONFLICT DO NOTHING
"""


def round_of(build: Build) -> WishRound:
    """The round of a build; its row is made when it is needed first."""
    found, _is_new = WishRound.objects.get_or_create(build=build)
    return found


def open_rounds_of(product_id: int, at: datetime) -> list[int]:
    """The rounds of a product that take votes."""
    rounds = WishRound.objects.open(at).filter(build__product=product_id)
    return list(rounds.values_list("pk", flat=True))


def advance(*, at: datetime | None = None) -> list[int]:
    """Open and close what is due; gives the builds whose rounds closed. Safe to run twice.

    By the database's clock; ``at`` sets the moment in a development database only.
    """
    now = moment(at)
    _open_due(now)
    due = list(WishRound.objects.due_to_close(now).values_list("pk", flat=True))
    closed = [build for pk in due if (build := close(round_id=pk, at=at))]
    for pk in WishRound.objects.open(now).values_list("pk", flat=True):
        carry_along(round_id=pk, at=now)
    return closed


def _open_due(now: datetime) -> None:
    lives = Build.objects.filter(state=Build.State.SCHEDULED, wish_round=None)
    for build in lives.filter(wishes_open_at__lte=now, wishes_close_at__gt=now):
        round_of(build)


@transaction.atomic
def close(*, round_id: int, at: datetime | None = None) -> int | None:
    """Close a round whose hour has come, after every vote under way; gives its build, once."""
    window.hold_closed([round_id])
    now = moment(at)
    due = WishRound.objects.due_to_close(now).filter(pk=round_id).first()
    if due is None:
        return None
    due.closed_at = now
    due.save(update_fields=["closed_at"])
    return due.build_id


@transaction.atomic
def carry_along(*, round_id: int, at: datetime, proposal_id: int | None = None) -> int:
    """Let votes of the round before stand in an open one too, where their proposal is deferred.

    Each goes along once, however often this runs; gives how many did. Of one proposal alone when
    it is named: whoever has locked its row waits for no other.
    """
    window.hold_open([round_id])
    if not WishRound.objects.open(at).filter(pk=round_id).exists():
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_CARRY, {"round": round_id, "at": at, "proposal": proposal_id})
        return int(cursor.rowcount)
