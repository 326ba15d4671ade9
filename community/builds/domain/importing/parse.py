"""Reads release notes line by line: versions, changes, engineers, and what was left out."""

import re
from dataclasses import dataclass, field, replace

from community.builds.domain.importing.collect import Collected
from community.builds.domain.importing.entry import Reading, read_item
from community.builds.domain.importing.formats import detect, names_in_parentheses
from community.builds.domain.importing.guard import lines_of
from community.builds.domain.importing.headings import (
    VersionHeading,
    holds_no_changes,
    read_area,
    read_kind,
    read_version,
)
from community.builds.domain.importing.names import Trust
from community.builds.domain.importing.notes import (
    BrokenNotes,
    Entry,
    Format,
    Kind,
    LineReading,
    Note,
    Notes,
    Reason,
    Section,
    Understood,
)
from community.builds.domain.importing.outline import Heading, Item, Outline, read_outline

# Words a point may have and still only head the points nested in it.
SHORT = 4
BREAKS = re.compile(r"\s*\n\s*")


def parse(text: str, *, hint: Format | None = None) -> Notes:
    """Read notes in any of the formats; raises BrokenNotes with the line and the reason.

    Every line of `text` stands once in the readings, in order. `hint` overrules the format
    that the lines suggest.
    """
    lines = lines_of(text)
    outline = read_outline(lines)
    named = names_in_parentheses(outline.items())
    is_signed = named > 0 or hint is Format.NAMES_IN_PARENTHESES
    trust = Trust.ANY_NAME if is_signed else Trust.HANDLES
    sections, readings = _Reader(lines, outline, trust).read()
    if not sections:
        raise BrokenNotes(len(lines), Reason.NO_CHANGES)
    return Notes(hint or detect(lines, named), sections, readings)


@dataclass(frozen=True, slots=True)
class _Group:
    """What a heading says of the points below it."""

    level: int
    kind: Kind | None
    area: str
    is_apart: bool


@dataclass(slots=True)
class _Section:
    line: int
    heading: VersionHeading
    collected: Collected = field(default_factory=Collected)

    def done(self, readings: tuple[LineReading, ...], last_line: int) -> Section:
        prose = " ".join(
            reading.text.strip() if reading.understood is Understood.PROSE else "\n\n"
            for reading in readings[self.line - 1 : last_line]
        )
        return Section(
            line=self.line,
            last_line=last_line,
            version=self.heading.version,
            released_on=self.heading.released_on,
            is_released=self.heading.is_released,
            entries=self.collected.entries,
            prose=BREAKS.sub("\n\n", prose).strip(),
        )


class _Reader:
    """Walks the outline with the headings it is under."""

    def __init__(self, lines: list[str], outline: Outline, trust: Trust) -> None:
        self.lines = lines
        self.outline = outline
        self.trust = trust
        self.groups: list[_Group] = []
        self.sections = [_Section(1, VersionHeading("", None, is_released=True))]
        self.entries: dict[int, Entry] = {}
        self.first_lines: dict[str, int] = {}

    def read(self) -> tuple[tuple[Section, ...], tuple[LineReading, ...]]:
        for block in self.outline.blocks:
            if isinstance(block, Heading):
                self._enter(block)
            elif any(group.is_apart for group in self.groups):
                self._leave_out(block, Note.CONTRIBUTORS)
            else:
                self._read_point(block, self._kind(), self._area())
        readings = self._readings()
        next_lines = [section.line for section in self.sections[1:]] + [len(readings) + 1]
        sections = tuple(
            section.done(readings, next_line - 1)
            for section, next_line in zip(self.sections, next_lines, strict=True)
            if section.collected.entries
        )
        return sections, readings

    def _readings(self) -> tuple[LineReading, ...]:
        marks = self.outline.marks
        return tuple(
            LineReading(number, text, *marks[number], self.entries.get(number))
            for number, text in enumerate(self.lines, start=1)
        )

    def _enter(self, heading: Heading) -> None:
        version = read_version(heading.line, heading.level, heading.text)
        if version is None:
            self.groups = [group for group in self.groups if group.level < heading.level]
            area = read_area(heading.text) if heading.level > 1 else ""
            is_apart = holds_no_changes(heading.text)
            self.groups.append(_Group(heading.level, read_kind(heading.text), area, is_apart))
            return
        key = version.version.casefold().removeprefix("v")
        first = self.first_lines.get(key, heading.line)
        # The title of a series may name the version that its first heading names again.
        if first != heading.line and self._has_changes(first):
            raise BrokenNotes(
                heading.line, Reason.REPEATED_VERSION, version=version.version, first=first
            )
        self.first_lines[key] = heading.line
        self.groups.clear()
        self.sections.append(_Section(heading.line, version))
        self.outline.marks[heading.line] = (Understood.HEADING, Note.VERSION)

    def _has_changes(self, line: int) -> bool:
        return any(section.line == line and section.collected.entries for section in self.sections)

    def _kind(self) -> Kind | None:
        return next((group.kind for group in reversed(self.groups) if group.kind), None)

    def _area(self) -> str:
        return next((group.area for group in reversed(self.groups) if group.area), "")

    def _read_point(self, item: Item, kind: Kind | None, area: str) -> None:
        """A change, with nested points that are changes themselves or describe this one."""
        reading = self._read_item(item, kind, area)
        if self._heads_points(item, reading):
            self.outline.marks[item.line] = (Understood.HEADING, Note.GROUP)
            title = reading.entry.title.rstrip(" :：")
            kind, area = read_kind(title) or kind, read_area(title) or area
        elif not self._signs_points(item):
            self._add(reading, self._describe(item, reading.entry))
            return
        else:
            self._add(reading, reading.entry)
        for child in item.children:
            self._read_point(child, kind, area)

    def _read_item(self, item: Item, kind: Kind | None, area: str) -> Reading:
        raw = "\n".join(self.lines[number - 1] for number in item.lines)
        return read_item(item, raw, self.trust, kind, area)

    def _heads_points(self, item: Item, reading: Reading) -> bool:
        title = reading.entry.title
        is_short = title.endswith((":", "：")) or len(title.split()) <= SHORT
        return bool(item.children) and not reading.entry.credits and is_short

    def _signs_points(self, item: Item) -> bool:
        readings = (self._read_item(child, None, "") for child in item.children)
        return any(reading.entry.credits for reading in readings)

    def _describe(self, item: Item, entry: Entry) -> Entry:
        """The change with its nested points as part of its description."""
        details = []
        for child in item.children:
            self._leave_out(child, Note.DETAIL, Understood.CONTINUATION)
            details.append("- " + self._read_item(child, None, "").entry.title)
        return replace(entry, body="\n".join(filter(None, [entry.body, *details]))[:5_000])

    def _leave_out(
        self, item: Item, note: Note, understood: Understood = Understood.IGNORED
    ) -> None:
        for number in item.lines:
            self.outline.marks[number] = (understood, note)
        for child in item.children:
            self._leave_out(child, note, understood)

    def _add(self, reading: Reading, entry: Entry) -> None:
        if not entry.title:
            self.outline.marks[entry.line] = (Understood.IGNORED, Note.NO_TITLE)
            return
        self.entries[entry.line] = entry
        if reading.is_by_bots:
            self.outline.marks[entry.line] = (Understood.BOT, reading.note)
            return
        repeated = self.sections[-1].collected.add(entry)
        self.outline.marks[entry.line] = (Understood.CHANGE, repeated or reading.note)
