"""Notes for tests: samples by name, or written in the test."""

from pathlib import Path

from community.builds.domain.importing.guard import decode
from community.builds.domain.importing.notes import Entry, Notes
from community.builds.domain.importing.parse import parse

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> Notes:
    return parse(decode((SAMPLES / name).read_bytes()))


def entry(line: str) -> Entry:
    """The one change of a line, in notes that sign with names in parentheses."""
    notes = parse(f"{line}\n* Signed (Ada Lindqvist)\n* Signed too (Mei Chen)\n")
    return next(found for found in notes.sections[0].entries if found.line == 1)


def people(found: Entry) -> list[str]:
    return [str(name) for name in found.credits]


def signed(notes: Notes) -> dict[int, list[str]]:
    """Everybody credited, by the line of the change."""
    entries = (found for section in notes.sections for found in section.entries)
    return {found.line: people(found) for found in entries}
