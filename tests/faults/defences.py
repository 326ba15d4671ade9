"""Switches one defence off, for as long as a control runs: its check must then find damage."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.db.models import QuerySet
from django.db.transaction import Atomic
from psycopg.sql import SQL, Composable, Identifier

from tests.faults.driver import Site

LOCK = r"PERFORM pg_advisory_xact_lock_shared\([^;]*\);"
CLOCK = r"clock_timestamp\(\)"
WRITE = r"WITH saved AS \("
ONLY_ONCE = r"ON CONFLICT \(build_id, member_id\).*?(?=RETURNING)"


@contextmanager
def asynchronous_commit(site: Site) -> Iterator[None]:
    """Acknowledge a commit before it has reached the disk."""
    with site.connect(is_superuser=True) as database:
        database.execute("ALTER ROLE orangefriday SET synchronous_commit = off")
        _hang_up(site)
    try:
        yield
    finally:
        with site.connect(is_superuser=True) as database:
            database.execute("ALTER ROLE orangefriday RESET synchronous_commit")
            _hang_up(site)


def _hang_up(site: Site) -> None:
    """End the sessions that have begun, for settings are read when one begins."""
    with site.connect(is_superuser=True) as database:
        database.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'orangefriday'"
        )


@contextmanager
def slow_vote(site: Site, *, seconds: float, without: tuple[str, ...] = ()) -> Iterator[None]:
    """Let a vote wait between its checks and its write; take parts of it out (patterns)."""
    with site.connect() as database:
        row = database.execute(
            "SELECT pg_get_functiondef('fourgrid_save_ballot'::regproc)"
        ).fetchone()
        assert row
        whole = changed = str(row[0])
        for part in (*without, WRITE):
            instead = {CLOCK: "now()", WRITE: f"PERFORM pg_sleep({seconds}); WITH saved AS ("}
            changed, found = re.subn(part, instead.get(part, ""), changed, flags=re.DOTALL)
            assert found, f"The vote has no {part} any more."
        database.execute(changed)
    try:
        yield
    finally:
        with site.connect() as database:
            database.execute(whole)


@contextmanager
def without_constraint(site: Site, table: str, constraint: str) -> Iterator[None]:
    """Take a constraint away; afterwards the table is emptied and it is put back."""
    with site.connect(is_superuser=True) as database:
        row = database.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [constraint]
        ).fetchone()
        assert row, f"There is no {constraint} any more."
        names: dict[str, Composable] = {
            "table": Identifier(table),
            "name": Identifier(constraint),
        }
        database.execute(SQL("ALTER TABLE {table} DROP CONSTRAINT {name}").format(**names))
    try:
        yield
    finally:
        with site.connect(is_superuser=True) as database:
            database.execute("SET session_replication_role = replica")
            database.execute(SQL("DELETE FROM {table}").format(**names))
            names["definition"] = SQL(str(row[0]))
            add = SQL("ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
            database.execute(add.format(**names))


@contextmanager
def without_triggers(site: Site, table: str) -> Iterator[None]:
    """Let a table take what its triggers would refuse."""
    change = SQL("ALTER TABLE {table} {change} TRIGGER USER")
    with site.connect(is_superuser=True) as database:
        database.execute(change.format(table=Identifier(table), change=SQL("DISABLE")))
    try:
        yield
    finally:
        with site.connect(is_superuser=True) as database:
            database.execute(change.format(table=Identifier(table), change=SQL("ENABLE")))


@contextmanager
def without_transactions() -> Iterator[None]:
    """Commit each statement of Django here by itself, and lock no rows."""
    with (
        patch.object(Atomic, "__enter__", lambda self: None),
        patch.object(Atomic, "__exit__", lambda self, *_: None),
        patch.object(QuerySet, "select_for_update", lambda self, **_: self),
    ):
        yield
