"""Rows by the hundred thousand: copies of one row, made in the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import Model
from psycopg.sql import SQL, Identifier

# The primary key stays, for the copies are found by it.
_CONSTRAINTS = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
              pg_get_constraintdef(oid))
  FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('u', 'f')
"""
_INDEXES = """
SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
  FROM pg_index WHERE indrelid = %s::regclass AND NOT indisprimary
"""


def copy_row(row: Model, source: str, **columns: str) -> None:
    """Insert a copy of a saved row for each row of `source`; these columns are SQL over `source`.

    Whatever columns a table has, the copies have what the first row has.
    """
    meta = row._meta
    skipped = {meta.pk.column, *columns} if meta.pk else set(columns)
    kept = [f.column for f in meta.concrete_fields if f.column not in skipped]
    names = SQL(", ").join(map(Identifier, [*columns, *kept]))
    values = SQL(", ").join(
        [*(SQL(value) for value in columns.values()), *(Identifier("kept", name) for name in kept)]
    )
    statement = SQL(
        "INSERT INTO {table} ({names}) SELECT {values} FROM {table} AS kept, {source}"
        " WHERE kept.{key} = {pk}"
    ).format(
        table=Identifier(meta.db_table),
        names=names,
        values=values,
        source=SQL(source),
        key=Identifier(meta.pk.column if meta.pk else "id"),
        pk=row.pk,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def bare(*models: type[Model]) -> Iterator[None]:
    """Rows first, constraints and indexes last, and no trigger: a tenth of the time."""
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        again = [line for table in tables for line in _stripped(table)]
        try:
            yield
        finally:
            for line in again:
                cursor.execute(line)


def _stripped(table: str) -> list[str]:
    """Take a table's triggers, constraints and indexes away; gives what brings them back."""
    again = []
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for kind in (_CONSTRAINTS, _INDEXES):
            cursor.execute(kind, [table])
            for drop, make in cursor.fetchall():
                cursor.execute(drop)
                again.append(make)
    # Indexes before the keys that are checked with them.
    return [*reversed(again), f"ALTER TABLE {table} ENABLE TRIGGER USER"]
