"""Voting against closing: votes share a lock, whoever closes or changes a poll takes it alone.

As with ballots on builds (community.builds.domain.window): a vote looks at the poll and at the
database's clock only when it has the lock, so every vote that was acknowledged is counted.
"""

from django.db import connection

# First half of the advisory lock's key.
CLASS = 0x0F56
# Waiting for the lock alone makes new votes wait as well: rather try again later.
PATIENCE = "5s"


def hold_open(poll_id: int) -> None:
    """Share the poll until the transaction ends."""
    _execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", CLASS, poll_id % 2**31)


def hold_closed(poll_id: int) -> None:
    """Have the poll alone until the transaction ends.

    Raises OperationalError (lock not available) when votes take longer than ``PATIENCE``.
    """
    _execute("SELECT set_config('lock_timeout', %s, true)", PATIENCE)
    _execute("SELECT pg_advisory_xact_lock(%s, %s)", CLASS, poll_id % 2**31)


def _execute(sql: str, *parameters: str | int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
