"""Everything a build's steps have written, so that two runs can be compared: plain SQL."""

from collections import Counter
from typing import Any, Protocol

# Where a build's rows begin; from there they are followed along the foreign keys.
BEGINNINGS = {
    "builds_build": "id = %(build)s",
    "forum_topic": "title LIKE '%% ' || %(version)s",
}
FOLLOWED = r"(fourgrid_.*tally|reports_.*|popcorn_.*|builds_installedshare|forum_post)"
FOREIGN_KEYS = """
SELECT conrelid::regclass::text, attname::text, confrelid::regclass::text
  FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
 WHERE contype = 'f'
"""
# Numbers given and moments differ from run to run although the rows say the same.
ROWS = """
SELECT '{table}', (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(row))
                    WHERE key <> ALL (ARRAY{keys}) AND key NOT LIKE '%%\\_at')::text
  FROM {table} AS row WHERE {where}
"""

Rows = Counter[tuple[str, str]]


class Cursor(Protocol):
    """Of psycopg, or of Django inside a transaction."""

    def execute(self, sql: str, values: dict[str, object], /) -> object: ...
    def fetchall(self) -> list[Any]: ...


def written(cursor: Cursor, build_id: int, version: str) -> Rows:
    """The rows of a build, its topics, tally, report and award: (table, content), counted."""
    cursor.execute(_query(cursor), {"build": build_id, "version": version})
    return Counter(map(tuple, cursor.fetchall()))


def _query(cursor: Cursor) -> str:
    cursor.execute(f"{FOREIGN_KEYS} AND conrelid::regclass::text ~ '^{FOLLOWED}$'", {})
    links = cursor.fetchall()
    wheres = dict(BEGINNINGS)
    keys = {table: {"id", "topic_id"} for table in wheres}
    while new := [
        link for link in links if link[2] in wheres and link[1] not in keys.get(link[0], ())
    ]:
        for table, column, parent in new:
            keys.setdefault(table, {"id"}).add(column)
            wheres.setdefault(
                table, f"{column} IN (SELECT id FROM {parent} WHERE {wheres[parent]})"
            )
    return " UNION ALL ".join(
        ROWS.format(table=table, keys=sorted(keys[table]), where=where)
        for table, where in wheres.items()
    )


def difference(undisturbed: Rows, found: Rows) -> Counter[str]:
    """How many rows of each table are missing or too many."""
    missing, more = undisturbed - found, found - undisturbed
    said = [f"missing in {table}" for table, _ in missing.elements()]
    return Counter(said + [f"too many in {table}" for table, _ in more.elements()])
