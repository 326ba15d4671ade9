"""Statements that PostgreSQL plans once a connection: for what every hit and every vote asks."""

import json
from typing import Any
from weakref import WeakKeyDictionary

from django.contrib.postgres.search import SearchVectorField
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field
from psycopg import Connection, errors
from psycopg.adapt import Transformer
from psycopg.pq import DiagnosticField, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

Value = str | bytes | int | None

# Which statements each connection knows.
_known: WeakKeyDictionary[Connection[Any], set[bytes]] = WeakKeyDictionary()


def readable(field: "Field[Any, Any]", table: str) -> str:
    """A column of a model as a `Listing` can read it."""
    cast = "::text" if isinstance(field, SearchVectorField) else ""
    return f'{table}."{field.column}"{cast}'


class Statement:
    """A statement with parameters $1, $2, … that gives at most one row, and may be done twice.

    It goes to libpq directly. Django's cursors send the values inside the text, which is planned
    anew each time, and psycopg's cursors adapt each value in Python: for a vote the first doubles
    the price in the database, the second in the web server (docs/decisions/0004-…).
    """

    def __init__(self, name: str, sql: str) -> None:
        self._listing = Listing(name, f"SELECT row_to_json(row) FROM ({sql}) AS row")  # noqa: S608 - our own words

    def row(self, *values: Value) -> dict[str, Any] | None:
        """The row by column, as JSON has it; None when there is none.

        Raises ValueError for a text with a NUL.
        """
        found = self._listing.asked(values)
        row = found.get_value(0, 0) if found.ntuples else None
        return json.loads(row) if row else None


class Listing:
    """A statement as `Statement` is, with any number of rows."""

    def __init__(self, name: str, sql: str) -> None:
        self._name = name.encode()
        self._sql = sql.encode()

    def rows(self, *values: Value) -> list[tuple[Any, ...]]:
        """The rows. JSON is read; what psycopg knows no binary form of has to be cast to text."""
        found = self.asked(values, Format.BINARY)  # read in C; moments as text are read in Python
        connection = connections[DEFAULT_DB_ALIAS]
        if connection.queries_logged:  # as Django's own cursors are, while tests count
            connection.queries_log.append({"sql": self._sql.decode(), "time": "0"})
        driver: Connection[Any] = connection.connection
        reader = Transformer(driver)
        reader.set_pgresult(found, format=Format.BINARY)
        return reader.load_rows(0, found.ntuples, tuple)

    def asked(self, values: tuple[Value, ...], form: Format = Format.TEXT) -> PGresult:
        """What the server answers. A connection that the server has dropped is made anew once.

        That replaces asking before each request whether it is still there.
        """
        connection = connections[DEFAULT_DB_ALIAS]
        try:
            return self._asked(connection, values, form)
        except (InterfaceError, OperationalError):
            if connection.in_atomic_block or connection.is_usable():
                raise
            connection.close()
            return self._asked(connection, values, form)

    def _asked(
        self, connection: BaseDatabaseWrapper, values: tuple[Value, ...], form: Format
    ) -> PGresult:
        connection.ensure_connection()
        driver: Connection[Any] = connection.connection
        with connection.wrap_database_errors:
            self._prepare(driver)
            parameters = list(map(_text, values))  # None is NULL, whatever its annotation says
            result = driver.pgconn.exec_prepared(self._name, parameters, result_format=form)  # type: ignore[arg-type]  # rows in binary form
            _check(result, ExecStatus.TUPLES_OK)
        connection.health_check_done = True  # type: ignore[attr-defined]  # it has just answered
        return result

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
