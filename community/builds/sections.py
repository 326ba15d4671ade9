"""The sections of a product's settings: each belongs to the room whose rules it sets.

A room registers its sections, and what they would have changed on the last build, in its
AppConfig.ready()::

    sections.register(AWARD)
    sections.register_preview("award", podium)  # (Question) -> tables and warnings

Values are plain JSON, the same for the same settings: what forms and programs send, what a
change keeps of before and after, and what is written down when a build goes out.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from community.builds.models import Build, Product

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict
    from django.utils.functional import _StrOrPromise as Text

Values = dict[str, Any]
Value = str | int | float | bool | datetime | None


class SectionForm(Protocol):
    """A form of Django's that gives values; ``template`` draws its fields."""

    template: str
    fields: dict[str, Any]

    def is_valid(self) -> bool: ...

    def values(self) -> Values:
        """What was typed; only of a valid form."""

    def add_error(self, field: str | None, error: str) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What came from a page: fields and files."""

    data: "MultiValueDict[str, str]"
    files: "MultiValueDict[str, Any]"


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a product's settings that is looked at, changed and kept as a whole."""

    name: str  # in addresses and rows
    place: int  # in the order of the pages
    label: "Text"
    about: "Text"  # what it decides, in a sentence
    # As a product stands; written in the transaction of the change, or refused (Invalid).
    read: Callable[[Product], Values]
    write: Callable[[Product, Values], None]
    # A form with what was typed, or else with values.
    form: Callable[[Product, Values, Typed | None], SectionForm]
    # What values say, line by line.
    lines: Callable[[Values], Mapping[str, str]]
    # From which build on a change of it is in force, and what becomes of the builds before.
    in_force: Callable[[Product], str]
    # Whether a build keeps it from when it goes out; else it is taken when it is needed.
    is_kept_by_builds: bool = True


@dataclass(frozen=True, kw_only=True)
class Question:
    """What would have come of ``after`` in the place of ``before`` on a build that closed."""

    product: Product
    build: Build | None
    before: Values
    after: Values
    at: datetime


@dataclass(frozen=True)
class Column:
    """A column of a preview; kinds: number, percent, points, moment, yes, text."""

    name: str
    label: "Text"
    kind: str = "number"


@dataclass(frozen=True)
class Change:
    """A figure as it was, and as it would have been."""

    before: Value
    after: Value

    @property
    def is_same(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True)
class Row:
    """A line of a preview, a change for each column."""

    label: "Text"
    changes: Sequence[Change]

    @property
    def is_same(self) -> bool:
        return all(change.is_same for change in self.changes)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A part of a preview."""

    name: str
    title: "Text"
    columns: Sequence[Column]
    rows: Sequence[Row]
    note: "Text" = ""

    @property
    def cells(self) -> list[tuple[Row, list[tuple[Change, str]]]]:
        """Each row with its changes, and of what kind those are."""
        kinds = [column.kind for column in self.columns]
        return [(row, list(zip(row.changes, kinds, strict=True))) for row in self.rows]


@dataclass(frozen=True)
class Preview:
    """What would have been different; warnings are sentences."""

    tables: list[Table] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


Previewer = Callable[[Question], Preview]

_sections: dict[str, Section] = {}
_previewers: dict[str, list[Previewer]] = defaultdict(list)


def register(section: Section) -> None:
    """Make a section known."""
    _sections[section.name] = section


def register_preview(section: str, previewer: Previewer) -> None:
    """Show what a section would have changed; what its own room says comes first."""
    # Rooms further up are ready earlier.
    if previewer not in _previewers[section]:
        _previewers[section].insert(0, previewer)


def sections() -> Sequence[Section]:
    """Every section, in the order of its place."""
    return sorted(_sections.values(), key=lambda section: section.place)


def section(name: str) -> Section | None:
    return _sections.get(name)


def preview(section: Section, question: Question) -> Preview:
    """What all rooms have to say; nothing is saved."""
    whole = Preview()
    for previewer in _previewers[section.name]:
        part = previewer(question)
        whole.tables.extend(part.tables)
        whole.warnings.extend(part.warnings)
    return whole
