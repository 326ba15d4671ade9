"""The window of a wish round: votes share a lock, whoever closes the round takes it alone.

As builds.domain.window for ballots: a vote takes ``hold_open`` in its own transaction and only
then looks at the round and at the clock; whoever closes takes ``hold_closed`` first, waits for the
votes under way, and those that come later find the round closed. Round locks come before rows of
proposals, those before the lock of a member: nobody waits in a circle.
"""

from collections.abc import Sequence

from django.db import connection

# First half of the locks' keys: "0F", then wishes, and who gives votes.
ROUNDS, GIVERS = 0x0F57, 0x0F56


def hold_open(rounds: Sequence[int]) -> None:
    """Share the windows until the transaction ends."""
    for pk in sorted(rounds):
        _execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", ROUNDS, pk)


def hold_closed(rounds: Sequence[int]) -> None:
    """Have the windows alone until the transaction ends."""
    for pk in sorted(rounds):
        _execute("SELECT pg_advisory_xact_lock(%s, %s)", ROUNDS, pk)


def one_at_a_time(member_id: int) -> None:
    """A member's votes come one after the other, whichever way they were sent."""
    _execute("SELECT pg_advisory_xact_lock(%s, %s)", GIVERS, member_id % 2**31)


def _execute(sql: str, *parameters: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
