"""Rows by the hundred thousand: copies of one row, made in the database."""

from django.db import connection
from django.db.models import Model
from psycopg.sql import SQL, Identifier


def copy_row(row: Model, source: str, **columns: str) -> None:
    """Insert a copy of a saved row for each row of `source`; these columns are SQL over `source`.

    Whatever columns a table has, the copies have what the first row has.
    """
    meta = row._meta  # noqa: SLF001
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
        cursor.execute(statement)  # type: ignore[arg-type]
