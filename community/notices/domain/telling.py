"""Telling members something: one statement for however many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

# Members in the order of their ids: two of these at once wait for each other, never in a circle.
_TELL = """
WITH wanted AS (
    SELECT DISTINCT ON (member.id, said.source) member.id AS member_id, said.*
      FROM unnest(%(members)s::bigint[], %(numbers)s::int[]) AS pair (member_id, number)
      JOIN unnest(%(all)s::int[], %(kinds)s::text[], %(abouts)s::text[], %(sources)s::text[],
                  %(urls)s::text[], %(words)s::jsonb[], %(by)s::bigint[])
           AS said (number, kind, about, source, url, words, by_id) USING (number)
      JOIN members_member AS member ON member.id = pair.member_id AND member.is_active
     WHERE said.by_id IS DISTINCT FROM member.id
     ORDER BY member.id, said.source, said.number
), heard AS (
    INSERT INTO notices_heard (member_id, source, told_at)
    SELECT member_id, source, %(at)s FROM wanted ORDER BY member_id, number
    ON CONFLICT (member_id, source) DO NOTHING
    RETURNING member_id, source
)
INSERT INTO notices_notice (member_id, kind, about, count, url, words, by_id,
                            created_at, told_at, is_on_site)
SELECT member_id, kind, about, 1, url, words, by_id, %(at)s, %(at)s, TRUE
  FROM wanted JOIN heard USING (member_id, source)
 ORDER BY member_id, number
ON CONFLICT (member_id, kind, about) WHERE read_at IS NULL
DO UPDATE SET count = notices_notice.count + 1, words = EXCLUDED.words, by_id = EXCLUDED.by_id,
              told_at = greatest(notices_notice.told_at, EXCLUDED.told_at)
"""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What to tell whom; `source` is what happened: a member hears of it once."""

    kind: str
    members: Iterable[int]
    about: str
    url: str
    words: dict[str, str] = field(default_factory=dict)
    by: int | None = None
    source: str = ""


def tell(
    *,
    kind: str,
    members: Iterable[int],
    about: str,
    url: str,
    words: dict[str, str],
    by: int | None,
    at: datetime,
    source: str = "",
) -> int:
    """Tell members something; gives how many had not heard of it.

    Whoever has an unread notice of this kind about the same has it counted up. A member hears of
    a source once, under whatever kind; by default it is this kind, about this, at this address.
    Nobody is told what they did themselves.
    """
    telling = Telling(
        kind=kind, members=members, about=about, url=url, words=words, by=by, source=source
    )
    return tell_each([telling], at=at)


def tell_each(tellings: Sequence[Telling], *, at: datetime) -> int:
    """Tell several things in one statement, as `tell` does each.

    Of those with the same source a member hears the first: the most personal one comes first.
    """
    pairs = [(member, n) for n, said in enumerate(tellings) for member in set(said.members)]
    if not pairs:
        return 0
    members, numbers = zip(*pairs, strict=True)
    values: dict[str, Any] = {
        "members": list(members),
        "numbers": list(numbers),
        "all": list(range(len(tellings))),
        "kinds": [said.kind for said in tellings],
        "abouts": [said.about for said in tellings],
        "sources": [said.source or f"{said.kind} {said.about} {said.url}" for said in tellings],
        "urls": [said.url for said in tellings],
        "words": [Jsonb(said.words) for said in tellings],
        "by": [said.by for said in tellings],
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TELL, values)
        return int(cursor.rowcount)
