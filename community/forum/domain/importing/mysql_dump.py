"""Tables out of a dump of MySQL or MariaDB: the rows of its INSERT statements, one a line."""

import re
from collections.abc import Iterator
from pathlib import Path

from community.forum.domain.importing.records import BrokenSource

Row = dict[str, str | None]

_CREATE = re.compile(rb"CREATE TABLE (?:IF NOT EXISTS )?`?(\w+)`? \(")
_COLUMN = re.compile(rb"\s+`(\w+)` ")
_INSERT = re.compile(
    rb"(?:INSERT|REPLACE)(?: IGNORE)? INTO `?(\w+)`?(?: \(([^)]*)\))? VALUES\s*", re.IGNORECASE
)
_VALUE = re.compile(
    r"\s*(?:'([^'\\]*(?:(?:\\.|'')[^'\\]*)*)'|(NULL)|(0x[0-9A-Fa-f]*)|(-?[0-9][0-9.eE+-]*))\s*([,)])",
    re.DOTALL,
)
_NEXT = re.compile(r"\s*([,;])\s*")
_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_SIGNS = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a"}


class MysqlDump:
    """Where the statements of each table begin; rows are read as often as asked, never kept.

    Tables are named without the prefix an installation gives them: common_member, forum_post.
    """

    def __init__(self, path: Path, encoding: str = "utf-8") -> None:
        self.path, self.encoding = path, encoding
        self.line = 0  # read last
        self._columns: dict[str, list[str]] = {}
        self._inserts: dict[str, list[tuple[int, int]]] = {}  # offset in bytes, line
        self._look_through()

    def rows(self, table: str, needs: tuple[str, ...] = ()) -> Iterator[Row]:
        """The rows of a table by column; none if the dump lacks it. Raises BrokenSource."""
        name = self._full_name(table)
        with self.path.open("rb") as file:
            for offset, line in self._inserts.get(name, []):
                file.seek(offset)
                self.line = line
                yield from self._statement(file.readline(), name, line, needs)

    def _full_name(self, table: str) -> str:
        ending = f"_{table}"
        named = [name for name in self._inserts if name == table or name.endswith(ending)]
        return min(named, key=len, default=table)

    def _look_through(self) -> None:
        creating = ""
        with self.path.open("rb") as file:
            offset, line = 0, 0
            while text := file.readline():
                line += 1
                if match := _INSERT.match(text):
                    self._inserts.setdefault(match[1].decode(), []).append((offset, line))
                elif match := _CREATE.match(text):
                    creating = match[1].decode()
                    self._columns[creating] = []
                elif creating and (match := _COLUMN.match(text)):
                    self._columns[creating].append(match[1].decode())
                elif text.startswith(b")"):
                    creating = ""
                offset = file.tell()

    def _statement(
        self, text: bytes, table: str, line: int, needs: tuple[str, ...]
    ) -> Iterator[Row]:
        head = _INSERT.match(text)
        if head is None:
            raise BrokenSource("the file changed while it was read", line=line)
        columns = self._columns.get(table, [])
        if head[2]:
            columns = [name.strip(" `") for name in head[2].decode().split(",")]
        if missing := sorted(set(needs) - set(columns)):
            raise BrokenSource(f"table {table} has no column {missing[0]}", line=line)
        try:
            statement = text[head.end() :].decode(self.encoding)
        except UnicodeDecodeError as error:
            raise BrokenSource(f"this is not {self.encoding}", line=line) from error
        for values in _tuples(statement, line):
            if len(values) != len(columns):
                raise BrokenSource(f"{len(values)} values for {len(columns)} columns", line=line)
            yield dict(zip(columns, values, strict=True))


def _tuples(statement: str, line: int) -> Iterator[list[str | None]]:
    position = 0
    while statement[position : position + 1] == "(":
        values, position = _tuple(statement, position + 1, line)
        yield values
        following = _NEXT.match(statement, position)
        if following is None:
            break
        if following[1] == ";":
            return
        position = following.end()
    raise BrokenSource("a statement is cut off", line=line)


def _tuple(statement: str, position: int, line: int) -> tuple[list[str | None], int]:
    values: list[str | None] = []
    while True:
        match = _VALUE.match(statement, position)
        if match is None:
            raise BrokenSource("a value cannot be read", line=line)
        values.append(_value(match))
        position = match.end()
        if match[5] == ")":
            return values, position


def _value(match: re.Match[str]) -> str | None:
    text, null, hexadecimal, number = match[1], match[2], match[3], match[4]
    if null:
        return None
    if hexadecimal:
        return bytes.fromhex(hexadecimal[2:]).decode("utf-8", "replace")
    return number if text is None else _ESCAPE.sub(_meant, text)


def _meant(escape: re.Match[str]) -> str:
    sign = escape[1]
    return _SIGNS.get(sign, sign) if sign else "'"
