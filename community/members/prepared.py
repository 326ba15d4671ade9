"""Statements that PostgreSQL plans once a connection: for what every hit and every vote asks."""

import json
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import Connection, errors
from psycopg.pq import DiagnosticField, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

Value = str | bytes | int | None

# Which statements each connection knows.
_known: WeakKeyDictionary[Connection[Any], set[bytes]] = WeakKeyDictionary()


class Statement:
    """A statement with parameters $1, $2, … that gives at most one row, and may be done twice.

    It goes to libpq directly. Django's cursors send the values inside the text, which is planned
    anew each time, and psycopg's cursors adapt each value in Python: for a vote the first doubles
    the price in the database, the second in the web server (docs/decisions/0004-…).
    """

    def __init__(self, name: str, sql: str) -> None:
        self._name = name.encode()
        self._sql = f"SELECT row_to_json(row) FROM ({sql}) AS row".encode()  # noqa: S608 - our own words

    def row(self, *values: Value) -> dict[str, Any] | None:
        """The row by column, as JSON has it; None when there is none.

        Raises ValueError for a text with a NUL. A connection that the server has dropped is made
        anew once. That replaces asking before each request whether it is still there.
        """
        connection = connections[DEFAULT_DB_ALIAS]
        try:
            return self._row(connection, values)
        except (InterfaceError, OperationalError):
            if connection.in_atomic_block or connection.is_usable():
                raise
            connection.close()
            return self._row(connection, values)

    def _row(
        self, connection: BaseDatabaseWrapper, values: tuple[Value, ...]
    ) -> dict[str, Any] | None:
        connection.ensure_connection()
        driver: Connection[Any] = connection.connection
        with connection.wrap_database_errors:
            self._prepare(driver)
            parameters = list(map(_text, values))  # None is NULL, whatever its annotation says
            result = driver.pgconn.exec_prepared(self._name, parameters)  # type: ignore[arg-type]
            _check(result, ExecStatus.TUPLES_OK)
        connection.health_check_done = True  # type: ignore[attr-defined]  # it has just answered
        row = result.get_value(0, 0) if result.ntuples else None
        return json.loads(row) if row else None

    def _prepare(self, driver: Connection[Any]) -> None:
        if not driver.autocommit:
            _begin(driver.pgconn)
        known = _known.setdefault(driver, set())
        if self._name not in known:
            _check(driver.pgconn.prepare(self._name, self._sql), ExecStatus.COMMAND_OK)
            known.add(self._name)


def _begin(server: PGconn) -> None:
    """Begin the transaction that psycopg's own cursors would begin with their first statement."""
    if server.transaction_status == TransactionStatus.IDLE:
        _check(server.exec_(b"BEGIN"), ExecStatus.COMMAND_OK)


def _text(value: Value) -> bytes | None:
    """A value as PostgreSQL reads it; libpq would end a text at a NUL (ValueError)."""
    if value is None:
        return None
    if isinstance(value, bytes):
        return rb"\x" + value.hex().encode()
    text = str(value).encode()
    if b"\0" in text:
        raise ValueError("PostgreSQL keeps no NUL in a text.")
    return text


def _check(result: PGresult, expected: ExecStatus) -> None:
    if result.status != expected:
        state = result.error_field(DiagnosticField.SQLSTATE)
        error = errors.lookup(state.decode()) if state else errors.OperationalError
        raise error(result.error_message.decode(errors="replace"))
