"""Any other forum: a directory of CSV files with the columns of docs/operations.md."""

import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from community.forum.domain.importing import bbcode, html_markup
from community.forum.domain.importing.fields import (
    Row,
    flag,
    moment,
    moment_or_none,
    number,
    text,
)
from community.forum.domain.importing.records import (
    BrokenSource,
    OldBoard,
    OldMember,
    OldPost,
    OldTag,
    OldTopic,
)

FORMATS: dict[str, Callable[[str], str]] = {
    "": str,
    "markdown": str,
    "bbcode": bbcode.to_markdown,
    "html": html_markup.to_markdown,
}
LONGEST_VALUE = 1_000_000


class CsvFiles:
    """members.csv, boards.csv, topics.csv and posts.csv, in UTF-8 with a line of column names."""

    system = "csv"

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.line = 0  # read last
        csv.field_size_limit(min(LONGEST_VALUE, sys.maxsize))

    def members(self) -> Iterator[OldMember]:
        for row in self._rows("members", ("id", "username", "joined_at")):
            yield OldMember(
                id=text(row, "id"),
                alias=text(row, "address"),
                username=text(row, "username"),
                name=text(row, "name"),
                email=text(row, "email"),
                is_verified=flag(row, "is_verified"),
                joined_at=moment(row, "joined_at"),
                about=text(row, "about"),
            )

    def boards(self) -> Iterator[OldBoard]:
        for row in self._rows("boards", ("id", "name")):
            yield OldBoard(
                id=text(row, "id"),
                alias=text(row, "address"),
                name=text(row, "name"),
                slug=text(row, "slug"),
                description=text(row, "description"),
                position=number(row, "position"),
                is_restricted=flag(row, "is_restricted"),
            )

    def tags(self) -> Iterator[OldTag]:
        seen = set()
        for _topic, tag in self.topic_tags():
            if tag not in seen:
                seen.add(tag)
                yield OldTag(id=tag[:40], name=tag)

    def topics(self) -> Iterator[OldTopic]:
        for row in self._rows("topics", ("id", "board", "title", "created_at")):
            created_at = moment(row, "created_at")
            yield OldTopic(
                id=text(row, "id"),
                alias=text(row, "address"),
                board=text(row, "board"),
                title=text(row, "title"),
                author=text(row, "author"),
                created_at=created_at,
                is_locked=flag(row, "is_locked"),
                is_pinned=flag(row, "is_pinned"),
                hidden_at=created_at if flag(row, "is_hidden") else None,
            )

    def topic_tags(self) -> Iterator[tuple[str, str]]:
        for row in self._rows("topics", ("id",)):
            for tag in text(row, "tags").split("|"):
                if name := tag.strip():
                    yield text(row, "id"), name[:40]

    def posts(self) -> Iterator[OldPost]:
        for place, row in enumerate(self._rows("posts", ("id", "topic", "created_at", "body"))):
            form = text(row, "format")
            if form not in FORMATS:
                raise BrokenSource(f"no such format: {form!r}", file="posts.csv")
            created_at = moment(row, "created_at")
            yield OldPost(
                id=text(row, "id"),
                alias=text(row, "address"),
                topic=text(row, "topic"),
                number=number(row, "number") or place + 1,
                author=text(row, "author"),
                created_at=created_at,
                body=FORMATS[form](text(row, "body")),
                edited_at=moment_or_none(row, "edited_at"),
                hidden_at=created_at if flag(row, "is_hidden") else None,
            )

    def _rows(self, name: str, needs: tuple[str, ...]) -> Iterator[Row]:
        path = self.directory / f"{name}.csv"
        if not path.exists():
            return
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="", strict=True)
            try:
                if missing := sorted(set(needs) - set(reader.fieldnames or ())):
                    raise BrokenSource(f"no column {missing[0]}", file=path.name, line=1)
                for row in reader:
                    self.line = reader.line_num
                    yield self._whole(row, path.name, reader.line_num)
            except (csv.Error, UnicodeDecodeError) as error:
                raise BrokenSource(str(error), file=path.name, line=reader.line_num) from error

    @staticmethod
    def _whole(row: dict[str, str | None], file: str, line: int) -> Row:
        if "" in row or None in row.values():
            raise BrokenSource("another number of values than of columns", file=file, line=line)
        return row
