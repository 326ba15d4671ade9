"""Finding posts: newest first, slice by slice, so that a common word costs no more than a page.

A GIN index gives all matches in no order: a word of every second post would be a million rows to
sort. Entries are numbered in the order of their posts and carry their slice (`facets.SLICE`
neighbours) as a term, so each slice is asked for by itself, the newest first, until there is
enough. The work is bounded by the slices there are (a look-up each) and by `PATIENCE_S`: a
question that has found too little by then says from where to go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from community.forum.search.facets import SLICE

# A page looks this long, then offers to go on.
PATIENCE_S = 0.07
_NO_END = 60.0
# How many of the newest slices are looked at first: most questions are answered there.
AT_FIRST = 16
# Each so many slices a mark tells how far the look went.
_A_MARK = 32

Span = tuple[int, int]

# OFFSET 0 keeps the words on their index: without it the planner walks all entries by number; and
# it has the clock asked before each slice. A mark is a row without an entry.
_IN_SLICES = """
SELECT slice.number, hit.id, hit.post_id
  FROM (
    SELECT number FROM generate_series(%(newest)s, %(oldest)s, -1) AS series (number)
     WHERE clock_timestamp() < statement_timestamp() + make_interval(secs => %(patience)s)
    OFFSET 0
  ) AS slice,
  LATERAL (
    (SELECT entry.id, entry.post_id
      FROM (
        SELECT id, post_id, created_at
          FROM forum_searchentry
         WHERE terms @@ (%(terms)s::tsquery && quote_literal('#s' || slice.number)::tsquery)
        OFFSET 0
      ) AS entry
      JOIN forum_post AS post ON post.id = entry.post_id
      JOIN forum_topic AS topic ON topic.id = post.topic_id
     WHERE entry.id BETWEEN %(first)s AND %(last)s
       AND entry.created_at >= %(since)s AND entry.created_at < %(before)s
       AND post.hidden_at IS NULL AND post.held_at IS NULL AND post.withdrawn_at IS NULL
       AND topic.hidden_at IS NULL AND topic.held_at IS NULL AND topic.merged_into_id IS NULL
       AND topic.board_id = ANY(%(boards)s)
     ORDER BY entry.id DESC
     LIMIT %(enough)s)
    UNION ALL
    SELECT NULL, NULL WHERE slice.number %% %(each)s = 0 OR slice.number = %(oldest)s
  ) AS hit
 LIMIT %(enough)s + %(marks)s
"""
_SPAN = """
SELECT CASE WHEN %(since)s::timestamptz IS NULL THEN (SELECT min(id) FROM forum_searchentry)
       ELSE (SELECT id FROM forum_searchentry WHERE created_at >= %(since)s
              ORDER BY created_at LIMIT 1) END,
       CASE WHEN %(before)s::timestamptz IS NULL THEN (SELECT max(id) FROM forum_searchentry)
       ELSE (SELECT id FROM forum_searchentry WHERE created_at < %(before)s
              ORDER BY created_at DESC LIMIT 1) END
"""
_RANK = """
SELECT post_id, id,
       ts_rank_cd('{0.1, 0.2, 0.4, 1.0}', terms, %s::tsquery, 1)
       / (1 + greatest(extract(epoch FROM %s - created_at), 0) / 31557600) AS rank
  FROM forum_searchentry
 WHERE id = ANY(%s)
 ORDER BY rank DESC, id DESC
"""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to look for: a tsquery, the boards its reader may read, and a span of time."""

    terms: str
    boards: Sequence[int]
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """Entries and their posts, newest first; `looked_to` is the entry to go on before, or 0."""

    hits: list[tuple[int, int]]
    looked_to: int = 0


def newest(
    wanted: Wanted,
    *,
    enough: int,
    before: int = 0,
    patience_s: float = PATIENCE_S,
    span: Span | None = None,
) -> Found:
    """The newest `enough` hits whose entries come before the one given.

    Two statements at most: the newest slices, where most questions are answered, then all others
    until patience ends. `span` is what `span_of` says, if it is known.
    """
    span = span or span_of(wanted)
    if before:
        span = (span[0], min(span[1], before - 1))
    first, last = span
    if first > last:
        return Found(hits=[])
    oldest = max(last // SLICE - AT_FIRST + 1, first // SLICE)
    hits, _seen = _in_slices(wanted, (last // SLICE, oldest), span, enough, _NO_END)
    if len(hits) >= enough or oldest == first // SLICE:
        return Found(hits=hits)
    rest = (oldest - 1, first // SLICE)
    more, seen = _in_slices(wanted, rest, span, enough - len(hits), patience_s)
    hits += more
    if len(hits) >= enough or seen == rest[1]:
        return Found(hits=hits[:enough])
    looked_to = min(seen, oldest) * SLICE
    return Found(hits=[hit for hit in hits if hit[0] >= looked_to], looked_to=looked_to)


def at_one_look(wanted: Wanted, *, enough: int, patience_s: float, span: Span) -> list[int]:
    """The newest entries that one statement finds before patience ends; of a span with entries."""
    first, last = span
    slices = (last // SLICE, first // SLICE)
    hits, _seen = _in_slices(wanted, slices, span, enough, patience_s)
    return [entry for entry, _post in hits[:enough]]


def ranked(entries: Sequence[int], terms: str, at: datetime) -> list[tuple[int, int, float]]:
    """Posts, entries and ranks, the best first; a year makes half as good."""
    with connection.cursor() as cursor:
        cursor.execute(_RANK, [terms, at, list(entries)])
        return list(cursor.fetchall())


def span_of(wanted: Wanted) -> Span:
    """The first and last entry to look at; the first is behind the last when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_SPAN, {"since": wanted.since, "before": wanted.before})
        first, last = cursor.fetchone()
    return (first, last) if first is not None and last is not None else (1, 0)


def _in_slices(
    wanted: Wanted, slices: tuple[int, int], span: Span, enough: int, patience_s: float
) -> tuple[list[tuple[int, int]], int]:
    """Hits of these slices, newest first, and the slice down to which all were looked at."""
    values: dict[str, Any] = {
        "newest": slices[0],
        "oldest": slices[1],
        "terms": wanted.terms,
        "first": span[0],
        "last": span[1],
        "since": wanted.since or "-infinity",
        "before": wanted.before or "infinity",
        "boards": list(wanted.boards),
        "enough": enough,
        "marks": (slices[0] - slices[1]) // _A_MARK + 2,
        "each": _A_MARK,
        "patience": patience_s,
    }
    with connection.cursor() as cursor:
        cursor.execute(_IN_SLICES, values)
        rows = cursor.fetchall()
    seen = min((slice_ for slice_, entry, _post in rows if entry is None), default=slices[0] + 1)
    return [(entry, post) for _slice, entry, post in rows if entry is not None], seen
