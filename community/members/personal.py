"""What rooms add to the copy of a member's data and to its erasure, beyond the data map.

The map (settings.DATA_MAP) says for every table what of it belongs to whom and what becomes of
it. A room registers what a row of a table cannot say: its files, and what else changes with it.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model, QuerySet

from community.members.models import Member

# The member, whether their words stay, and when.
Eraser = Callable[[Member, bool, datetime], None]
# Names inside of the archive, each with what to read.
Files = Callable[[Member], Iterable[tuple[str, bytes]]]

_erasers: list[Eraser] = []
_files: list[Files] = []


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table about people, as the data map describes it."""

    model: type[Model]
    own: str
    erased: str
    kept: str
    fields: dict[str, str]
    hidden: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.model._meta.label_lower

    @property
    def field_names(self) -> list[str]:
        """Every field the map names."""
        return [name for group in self.fields for name in group.split()]

    def rows_of(self, member: Member) -> QuerySet[Any]:
        """The rows that are a member's own."""
        column, _, attribute = self.own.partition("=")
        value = getattr(member, attribute) if attribute else member.pk
        return self.model._base_manager.filter(**{column: value})

    def exported(self, member: Member) -> Iterator[dict[str, Any]]:
        """Those rows, field by field, without what is hidden."""
        shown = [name for name in self.field_names if name not in self.hidden]
        return self.rows_of(member).order_by("pk").values(*shown).iterator(chunk_size=1000)


def register_eraser(eraser: Eraser) -> None:
    """Do this before a member's rows are erased; rooms call it in ready()."""
    _erasers.append(eraser)


def register_files(files: Files) -> None:
    """Put these files into the copy of a member's data; rooms call it in ready()."""
    _files.append(files)


def erasers() -> list[Eraser]:
    return list(_erasers)


def files_of(member: Member) -> Iterator[tuple[str, bytes]]:
    for files in _files:
        yield from files(member)


@cache
def tables() -> list[Table]:
    """The tables about people, in the order of the map."""
    return [
        Table(model=apps.get_model(label), **entry)
        for label, entry in _map().items()
        if label != "nobody"
    ]


@cache
def about_nobody() -> frozenset[str]:
    """Labels of the tables that the map says are about nobody."""
    rooms: dict[str, list[str]] = _map()["nobody"]
    return frozenset(f"{room}.{model}" for room, models in rooms.items() for model in models)


@cache
def _map() -> dict[str, Any]:
    return tomllib.loads(Path(settings.DATA_MAP).read_text("utf-8"))
