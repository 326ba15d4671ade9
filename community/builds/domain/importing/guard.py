"""Refuses text that cannot be release notes before anybody tries to read it."""

import re

from community.builds.domain.importing.notes import BrokenNotes, Reason

MOST_BYTES = 2_000_000
LONGEST_LINE = 5_000

# Control characters but tab, halves of surrogate pairs, and marks that reorder what is shown.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def decode(data: bytes) -> str:
    """Bytes of a file as text; raises BrokenNotes with the line that is not UTF-8."""
    _check_size(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line_start = data.rfind(b"\n", 0, error.start) + 1
        raise BrokenNotes(
            data.count(b"\n", 0, error.start) + 1,
            Reason.NOT_UTF8,
            byte=f"0x{data[error.start]:02x}",
            column=error.start - line_start + 1,
        ) from None


def lines_of(text: str) -> list[str]:
    """The lines of acceptable text, without their ends; raises BrokenNotes otherwise."""
    _check_size(text.encode("utf-8", "surrogatepass"))
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = plain.split("\n")
    if lines[-1] == "":
        lines.pop()
    if not plain.strip():
        raise BrokenNotes(1, Reason.EMPTY)
    for number, line in enumerate(lines, start=1):
        _check_line(number, line)
    return lines


def _check_size(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        line = data.count(b"\n", 0, MOST_BYTES) + 1
        raise BrokenNotes(line, Reason.TOO_BIG, limit=MOST_BYTES)


def _check_line(number: int, line: str) -> None:
    if len(line) > LONGEST_LINE:
        raise BrokenNotes(number, Reason.LINE_TOO_LONG, limit=LONGEST_LINE)
    if found := FORBIDDEN.search(line):
        raise BrokenNotes(
            number,
            Reason.CONTROL_CHARACTER,
            character=f"U+{ord(found[0]):04X}",
            column=found.start() + 1,
        )
