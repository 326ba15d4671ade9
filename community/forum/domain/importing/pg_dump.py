"""Tables out of a plain dump of PostgreSQL: the rows of its COPY blocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from community.forum.domain.importing.records import BrokenSource

Row = dict[str, str | None]

_COPY = re.compile(rb"COPY (?:\w+\.)?\"?(\w+)\"? \(([^)]*)\) FROM stdin;\s*$")
_END = b"\\."
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))", re.DOTALL)
_SIGNS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


@dataclass(frozen=True)
class _Block:
    columns: list[str]
    offset: int  # bytes
    line: int  # of its first row, from 1
    rows: int


class PgDump:
    """Where each table lies in the file; rows are read as often as asked, never kept."""

    def __init__(self, path: Path) -> None:
        """Looks through the file once. Raises BrokenSource for one that ends within a table."""
        self.path = path
        self.line = 0  # read last
        self._blocks: dict[str, _Block] = dict(_blocks(path))

    def rows(self, table: str, needs: tuple[str, ...] = ()) -> Iterator[Row]:
        """The rows of a table by column; none if the dump lacks it. Raises BrokenSource."""
        block = self._blocks.get(table)
        if block is None:
            return
        if missing := sorted(set(needs) - set(block.columns)):
            raise BrokenSource(f"table {table} has no column {missing[0]}", line=block.line - 1)
        with self.path.open("rb") as file:
            file.seek(block.offset)
            for number in range(block.rows):
                self.line = block.line + number
                yield _row(file.readline(), block.columns, self.line)


def _blocks(path: Path) -> Iterator[tuple[str, _Block]]:
    with path.open("rb") as file:
        line = 0
        while text := file.readline():
            line += 1
            if not (text.startswith(b"COPY ") and (match := _COPY.match(text))):
                continue
            columns = [name.strip().strip('"') for name in match[2].decode().split(",")]
            offset, first, rows = file.tell(), line + 1, 0
            while (text := file.readline()).rstrip() != _END:
                if not text:
                    raise BrokenSource("the file ends within a table", line=line)
                rows += 1
                line += 1
            line += 1
            yield match[1].decode(), _Block(columns, offset, first, rows)


def _row(text: bytes, columns: list[str], line: int) -> Row:
    try:
        values = text.decode().rstrip("\n").split("\t")
    except UnicodeDecodeError as error:
        raise BrokenSource("this is not UTF-8", line=line) from error
    if len(values) != len(columns):
        raise BrokenSource(f"{len(values)} values for {len(columns)} columns", line=line)
    return {
        name: None if value == r"\N" else _ESCAPE.sub(_meant, value)
        for name, value in zip(columns, values, strict=True)
    }


def _meant(escape: re.Match[str]) -> str:
    octal, hexadecimal, sign = escape.groups()
    if octal or hexadecimal:
        return chr(int(octal, 8) if octal else int(hexadecimal, 16))
    return _SIGNS.get(sign, sign)
