"""One import from beginning to end; broken off at any moment, it goes on where it was."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db import DataError, IntegrityError, connection, transaction

from community.forum.domain.counting import recount
from community.forum.domain.importing.discourse import Discourse
from community.forum.domain.importing.records import BrokenSource, Source
from community.forum.domain.importing.saving import Batches
from community.forum.domain.indexing import index_all
from community.forum.models import Imported, ImportRun, Topic
from community.members.models import Member

BATCH = 500
_LOCKS = 0x0F17  # the class of this advisory lock
_FAR = 1_000_000_000
Item = TypeVar("Item")
Tell = Callable[[str, int], None]  # the kind, and how many of it were read so far


class AlreadyRunning(Exception):
    """Another process imports from the same source."""


class AnotherSystem(Exception):
    """Something else was imported under this name."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a run saved, and how many things it left out for which reason."""

    saved: dict[str, int]
    left_out: dict[str, int]
    renamed: int


def run(
    source: Source,
    *,
    name: str,
    boards: dict[str, str],
    at: datetime,
    tell: Tell = lambda _kind, _count: None,
    is_dry: bool = False,
) -> Outcome:
    """Import what is not here yet under this name; run again it goes on, and then changes nothing.

    A dry run does all of it and takes it back. Raises BrokenSource (the batches before stay),
    AlreadyRunning, AnotherSystem.
    """
    with _alone(name):
        if not is_dry:
            outcome = _import(source, name, boards, at, tell)
            _finish(name, at, tell)
            return outcome
        with transaction.atomic():
            outcome = _import(source, name, boards, at, tell)
            transaction.set_rollback(True)
        return outcome


def _import(source: Source, name: str, boards: dict[str, str], at: datetime, tell: Tell) -> Outcome:
    run, _is_new = ImportRun.objects.get_or_create(
        source=name, defaults={"system": source.system, "started_at": at}
    )
    if run.system != source.system:
        raise AnotherSystem(run.system)
    batches = Batches(run, boards)
    saved: dict[str, int] = {}
    passes: tuple[tuple[str, Callable[[], Iterator[object]], Callable[..., None]], ...] = (
        ("members", source.members, batches.members),
        ("boards", source.boards, batches.boards_),
        ("tags", source.tags, batches.tags),
        ("topics", source.topics, batches.topics),
        ("topic tags", source.topic_tags, batches.topic_tags),
        ("posts", source.posts, batches.posts),
    )
    for kind, read, save in passes:
        if kind == "posts" and isinstance(source, Discourse):
            source.renamed = _renamed(run)
        batches.saved = 0
        _each_batch(source, kind, read(), save, tell)
        saved[kind] = batches.saved
    _show_topics(run)
    return Outcome(saved=saved, left_out=batches.left_out, renamed=len(_renamed(run)))


def _each_batch(
    source: Source,
    kind: str,
    things: Iterator[Item],
    save: Callable[[Sequence[Item]], None],
    tell: Tell,
) -> None:
    count = 0
    try:
        while batch := list(islice(things, BATCH)):
            save(batch)
            count += len(batch)
            tell(kind, count)
    except BrokenSource as broken:
        broken.line = broken.line or source.line
        raise
    except (IntegrityError, DataError) as error:
        reason = str(error).splitlines()[0]
        raise BrokenSource(f"{kind} up to here: {reason}", line=source.line) from error


def _renamed(run: ImportRun) -> dict[str, str]:
    """Login names of the other forum that are others here."""
    things = run.things.filter(kind=Imported.Kind.MEMBER).exclude(alias="")
    old = dict(things.values_list("new_id", "alias"))
    here = Member.objects.filter(pk__in=old).values_list("pk", "username")
    return {old[pk]: username for pk, username in here if old[pk] != username}


def _finish(name: str, at: datetime, tell: Tell) -> None:
    """Let search read everything anew: what came is older than what it has read.

    Noted at the end, so that a run that is broken off here does it again.
    """
    runs = ImportRun.objects.filter(source=name, finished_at=None)
    if not runs.exists():
        return
    read = 0
    for count in index_all():
        read += count
        tell("search", read)
    runs.update(finished_at=at)


def _show_topics(run: ImportRun) -> None:
    """Number posts without gaps, count, and let everybody see the topics; batch by batch."""
    while waiting := _held(run):
        with transaction.atomic():
            _renumber(waiting)
            recount(waiting)
            Topic.objects.filter(pk__in=waiting).update(held_at=None)


def _held(run: ImportRun) -> list[int]:
    topics = run.things.filter(kind=Imported.Kind.TOPIC).values("new_id")
    held = Topic.objects.filter(pk__in=topics, held_at=run.started_at)
    return list(held.values_list("pk", flat=True)[:BATCH])


_NUMBERED = """
UPDATE forum_post AS post
   SET number = ranked.place + %(far)s
  FROM (SELECT id, row_number() OVER (PARTITION BY topic_id ORDER BY number, id) AS place
          FROM forum_post WHERE topic_id = ANY(%(topics)s)) AS ranked
 WHERE post.id = ranked.id
"""
_NEARER = """
UPDATE forum_post SET number = number - %(far)s WHERE topic_id = ANY(%(topics)s)
"""


def _renumber(topics: list[int]) -> None:
    """1, 2, 3 … in their order; by way of numbers nobody has, as each is unique at every moment."""
    with connection.cursor() as cursor:
        for statement in (_NUMBERED, _NEARER):
            cursor.execute(statement, {"far": _FAR, "topics": topics})


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """Held by this connection; gone when the process is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [_LOCKS, name])
        if not cursor.fetchone()[0]:
            raise AlreadyRunning
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", [_LOCKS, name])
