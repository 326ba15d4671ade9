"""Experience for ballots: one statement for all voters of a build, once it is counted."""

from datetime import datetime

from django.db import transaction

from community.honours.domain import experience
from community.members.models import Member
from feedback.fourgrid.models import Ballot, Tally

RULE = "ballot"


def credit_counted(*, at: datetime) -> int:
    """Give what is due for the ballots of every counted build; how many members were given it."""
    waiting = Tally.objects.filter(credited_at=None).order_by("counted_at", "pk")
    return sum(_credit(pk, at) for pk in list(waiting.values_list("pk", flat=True)))


@transaction.atomic
def _credit(tally_id: int, at: datetime) -> int:
    tally = Tally.objects.select_for_update().filter(pk=tally_id, credited_at=None).first()
    if tally is None:  # somebody else was quicker
        return 0
    voters = Ballot.objects.counted().filter(build=tally.build_id).values("member")
    given = experience.grant_all(
        rule=RULE,
        source=f"build:{tally.build_id}",
        members=Member.objects.filter(pk__in=voters),
        at=tally.counted_at,
    )
    tally.credited_at = at
    tally.save(update_fields=["credited_at"])
    return given
