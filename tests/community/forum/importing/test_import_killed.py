"""An import that is killed goes on where it was; the control forgets what it had done."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from community.forum.domain.importing import running
from community.forum.domain.importing.discourse import Discourse
from community.forum.domain.importing.pg_dump import PgDump
from community.forum.models import Board, Imported, Post, Tag, Topic
from community.members.models import Member
from tests.community.members.making import AT

pytestmark = pytest.mark.django_db
DUMP = PgDump(Path(__file__).parents[3] / "data" / "discourse.sql")


class Killed(BaseException):
    """Nothing catches it, as nothing catches the end of a process."""


class Frail(Discourse):
    """Lives for so many things."""

    def __init__(self, life: int) -> None:
        super().__init__(DUMP)
        self.life = life

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name in {"members", "boards", "tags", "topics", "topic_tags", "posts"}:
            return lambda: self.mortal(found())
        return found

    def mortal(self, things: Iterator[Any]) -> Iterator[Any]:
        for thing in things:
            if self.life == 0:
                raise Killed
            self.life -= 1
            yield thing


def imported(life: int, *, is_forgetful: bool = False) -> bool:
    """Whether the import came to its end."""
    if is_forgetful:
        Imported.objects.all().delete()
    try:
        running.run(Frail(life), name="old", boards={}, at=AT)
    except Killed:
        return False
    return True


def counts() -> list[int]:
    models = (Member, Board, Tag, Topic, Post, Topic.tags.through)
    return [model.objects.count() for model in models]


@pytest.mark.parametrize("is_forgetful", [False, True], ids=["remembers", "control"])
def test_nothing_is_doubled(is_forgetful: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", 2)
    before = counts()
    lives = 0
    while not imported(lives, is_forgetful=is_forgetful):
        lives += 3
    made = [after - earlier for after, earlier in zip(counts(), before, strict=True)]
    assert lives > 15
    assert (made == [3, 3, 2, 2, 4, 2]) is not is_forgetful
    assert not Topic.objects.exclude(held_at=None).exists() or is_forgetful
