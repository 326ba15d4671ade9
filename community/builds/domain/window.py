"""The voting window: votes share a lock, whoever ends the window takes it alone.

A vote takes ``hold_open`` in its own transaction and only then looks at the state and at
``clock_timestamp()``. Whoever closes takes ``hold_closed`` first: it waits for the votes under
way, and votes that come later see the window closed. So every acknowledged vote is counted.
"""

from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from community.builds.domain.refusals import NotAllowedHere

# First half of the advisory lock's key: "0F", then 4 grids and 7 days.
CLASS = 0x0F47
# Waiting for the lock alone makes new votes wait as well: rather try again later.
PATIENCE = "5s"


def hold_open(build_id: int) -> None:
    """Share the window until the transaction ends."""
    _execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", CLASS, build_id)


def hold_closed(build_id: int) -> None:
    """Have the window alone until the transaction ends.

    Raises OperationalError (lock not available) when votes take longer than ``PATIENCE``.
    """
    _execute("SELECT set_config('lock_timeout', %s, true)", PATIENCE)
    _execute("SELECT pg_advisory_xact_lock(%s, %s)", CLASS, build_id)


def moment(at: datetime | None) -> datetime:
    """The database's clock; or ``at``, in a development database only.

    Raises NotAllowedHere where the clock must not be set.
    """
    if at is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            now: datetime = cursor.fetchone()[0]
            return now
    if not (settings.LOCAL or settings.DEBUG):
        raise NotAllowedHere(_("Only a development database lets you choose the moment."))
    return at


def _execute(sql: str, *parameters: str | int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
