"""Finding posts: newest first, slice by slice, so that a common word costs no more than a page.

A GIN index gives all matches in no order: a word of every second post would be a million rows to
sort. Entries are numbered in the order of their posts and carry their slice (`facets.SLICE`
neighbours) as a term, so each slice is asked for by itself, the newest first, until there is
enough. The work is bounded by the slices there are (a look-up each) and by `PATIENCE_S`: a
question that has found too little by then says from where to go on.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max, Min

from community.forum.models import SearchEntry
from community.forum.search.facets import SLICE

# A page looks this long, then offers to go on.
PATIENCE_S = 0.1
# How many slices one statement looks at: few at first, for most questions are answered there.
_FIRST_STEP, _LONGEST_STEP = 8, 128

# OFFSET 0 keeps the words on their index: without it the planner walks all entries by number.
_IN_SLICES = """
SELECT hit.id, hit.post_id
  FROM generate_series(%(newest)s, %(oldest)s, -1) AS slice (number),
  LATERAL (
    SELECT entry.id, entry.post_id
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
     LIMIT %(enough)s
  ) AS hit
 LIMIT %(enough)s
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
    wanted: Wanted, *, enough: int, before: int = 0, patience_s: float = PATIENCE_S
) -> Found:
    """The newest `enough` hits whose entries come before the one given."""
    span = _span(wanted, before)
    if not span:
        return Found(hits=[])
    first, last = span
    hits: list[tuple[int, int]] = []
    stop_at, step = time.monotonic() + patience_s, _FIRST_STEP
    slice_ = last // SLICE
    while slice_ >= first // SLICE:
        oldest = max(slice_ - step + 1, first // SLICE)
        hits += _in_slices(wanted, (slice_, oldest), span, enough - len(hits))
        if len(hits) >= enough:
            return Found(hits=hits)
        slice_, step = oldest - 1, min(step * 4, _LONGEST_STEP)
        if time.monotonic() > stop_at and slice_ >= first // SLICE:
            return Found(hits=hits, looked_to=oldest * SLICE)
    return Found(hits=hits)


def ranked(entries: Sequence[int], terms: str, at: datetime) -> list[tuple[int, int, float]]:
    """Posts, entries and ranks, the best first; a year makes half as good."""
    with connection.cursor() as cursor:
        cursor.execute(_RANK, [terms, at, list(entries)])
        return list(cursor.fetchall())


def _span(wanted: Wanted, before: int) -> tuple[int, int] | None:
    """The first and last entry to look at; None when there is none."""
    entries = SearchEntry.objects.all()
    ends = entries.aggregate(first=Min("pk"), last=Max("pk"))
    first, last = ends["first"], ends["last"]
    if wanted.since:
        later = entries.filter(created_at__gte=wanted.since).order_by("created_at")
        first = later.values_list("pk", flat=True).first()
    if wanted.before:
        earlier = entries.filter(created_at__lt=wanted.before).order_by("-created_at")
        last = earlier.values_list("pk", flat=True).first()
    if first is None or last is None:
        return None
    if before:
        last = min(last, before - 1)
    return (first, last) if first <= last else None


def _in_slices(
    wanted: Wanted, slices: tuple[int, int], span: tuple[int, int], enough: int
) -> list[tuple[int, int]]:
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
    }
    with connection.cursor() as cursor:
        cursor.execute(_IN_SLICES, values)
        return list(cursor.fetchall())
