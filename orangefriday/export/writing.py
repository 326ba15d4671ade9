"""Writing an export: one moment of the database, row by row, and the pictures it speaks of."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction
from psycopg import sql

from community.media.domain.pictures import stored_name
from community.media.models import Picture
from orangefriday.export.contents import Table, omissions, tables
from orangefriday.export.targets import Target, counted, whole

FORMAT = 1
MANIFEST, FILES = "manifest.json", "files.jsonl"
CHUNK = 1 << 20
Entry = dict[str, Any]
Tell = Callable[[str, int], None]  # what was written, and how many of it


def export(path: Path, *, at: datetime, tell: Tell = lambda _what, _count: None) -> Entry:
    """Write a directory, or an archive if the name ends in .zip; gives its manifest.

    All tables are of one moment. Raises AlreadyThere.
    """
    with whole(path) as target, transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        written = []
        for table in tables():
            written.append(_table(target, table))
            tell(table.model, written[-1]["rows"])
        files = _files(target)
        tell("pictures", files["rows"])
        manifest = {
            "format": FORMAT,
            "made_at": at.isoformat(),
            "tables": written,
            "files": files,
            "left_out": omissions(),
            "migrations": _migrations(),
        }
        with counted(target, MANIFEST) as file:
            file.write(_line(manifest, indent=1))
    return manifest


def _table(target: Target, table: Table) -> Entry:
    """One row a line, as PostgreSQL says it in JSON."""
    name, rows = f"tables/{table.name}.jsonl", 0
    with counted(target, name) as file:
        for line in _rows(table):
            file.write(line.encode() + b"\n")
            rows += 1
    return {
        "model": table.model,
        "file": name,
        "rows": rows,
        "bytes": file.bytes,
        "sha256": file.sha256,
    }


def _rows(table: Table) -> Iterator[str]:
    query = sql.SQL(
        "COPY (SELECT row_to_json(r) FROM (SELECT {} FROM {} ORDER BY {}) AS r) TO STDOUT"
    ).format(
        sql.SQL(", ").join(map(sql.Identifier, table.columns)),
        sql.Identifier(table.name),
        sql.SQL(", ").join(map(sql.Identifier, table.key)),
    )
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for (line,) in copy.rows():
            yield line


def _files(target: Target) -> Entry:
    """The pictures' files, and a line for each; one that the storage lacks is named as missing."""
    count, missing = 0, []
    lines = []
    for name in _names():
        try:
            stored = default_storage.open(name)
        except FileNotFoundError:
            missing.append(name)
            continue
        with stored, counted(target, f"media/{name}") as file:
            for chunk in stored.chunks(CHUNK):
                file.write(chunk)
        lines.append({"file": f"media/{name}", "bytes": file.bytes, "sha256": file.sha256})
        count += 1
    with counted(target, FILES) as listed:
        for line in lines:
            listed.write(_line(line))
    return {"file": FILES, "rows": count, "sha256": listed.sha256, "missing": missing}


def _names() -> Iterator[str]:
    for picture in Picture.objects.kept().order_by("pk").iterator():
        for width in (None, *picture.sizes):
            yield stored_name(picture.file_name(width))


def _migrations() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, max(name) FROM django_migrations GROUP BY app ORDER BY app")
        return [f"{app}.{name}" for app, name in cursor.fetchall()]


def _line(value: Entry, indent: int | None = None) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=indent) + "\n").encode()
