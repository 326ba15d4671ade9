"""Keeping search up to date: entries are made from posts, and may be made anew at any time."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import connection, transaction

from community.forum.models import Post, SearchDue, SearchEntry
from community.forum.search import facets

_LOCK = 0x0F53
_NUMBERS = """
SELECT nextval(pg_get_serial_sequence('forum_searchentry', 'id'))
  FROM generate_series(1, %s)
"""
_WRITE = """
INSERT INTO forum_searchentry (id, post_id, created_at, terms)
SELECT id, post_id, created_at,
       head::tsvector || words::tsvector || quote_literal(slice)::tsvector
  FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::text[], %s::text[], %s::text[])
    AS entry (id, post_id, created_at, head, words, slice)
ON CONFLICT (post_id) DO UPDATE
   SET created_at = excluded.created_at, terms = excluded.terms
"""


def index_due(limit: int = 500) -> int:
    """Read the posts that wait, the oldest first; gives how many. One reader at a time."""
    with transaction.atomic():
        if not _is_alone():
            return 0
        due = list(SearchDue.objects.order_by("pk")[:limit])
        index([row.post_id for row in due])
        SearchDue.objects.filter(pk__in=[row.pk for row in due]).delete()
    return len(due)


def index_all(batch: int = 500) -> Iterator[int]:
    """Make every entry anew, numbered in the order of the posts; gives how many after each batch.

    Search goes on meanwhile. Needed after posts have come that are older than the newest.
    """
    in_order = Post.objects.order_by("created_at", "pk").values_list("pk", flat=True)
    ids = in_order.iterator(chunk_size=batch)
    while some := list(islice(ids, batch)):
        with transaction.atomic():
            _is_alone(waits=True)
            SearchEntry.objects.filter(post__in=some).delete()
            index(some)
        yield len(some)


def index(post_ids: Sequence[int]) -> None:
    """Write the entries of these posts; new ones are numbered in the order of the posts."""
    posts = Post.objects.filter(pk__in=set(post_ids)).select_related("topic")
    rows = list(posts.prefetch_related("topic__tags").order_by("created_at", "pk"))
    numbers = _numbers(rows)
    entries = [
        (numbers[post.pk], post.pk, post.created_at, *facets.terms_of(post)) for post in rows
    ]
    slices = [facets.of_slice(number) for number, *_rest in entries]
    if entries:
        columns = [list(column) for column in zip(*entries, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, [*columns, slices])


def _numbers(posts: Sequence[Post]) -> dict[int, int]:
    """The number of each post's entry: the one it has, or the next."""
    known = dict(SearchEntry.objects.filter(post__in=posts).values_list("post_id", "pk"))
    new = [post.pk for post in posts if post.pk not in known]
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, [len(new)])
        return known | {pk: number for pk, (number,) in zip(new, cursor.fetchall(), strict=True)}


def _is_alone(*, waits: bool = False) -> bool:
    """Whether nobody else writes entries; until the transaction ends nobody will."""
    name = "pg_advisory_xact_lock" if waits else "pg_try_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name}(%s)", [_LOCK])
        return cursor.fetchone()[0] is not False
