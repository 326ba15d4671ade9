"""Reading an installed base from CSV, line by line, with a reason for each line refused."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from community.builds.domain.refusals import Invalid
from feedback.fourgrid.domain.installed_base import HUNDRED, LONGEST_FAMILY, TOLERANCE, percent

MOST_BYTES = 100_000
_NUMBER = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,9})?")


@dataclass(frozen=True)
class Line:
    """A line of a file, and what was understood of it: a family with its share, or a problem."""

    number: int
    text: str
    family: str = ""
    share: Decimal | None = None
    problem: str = ""

    @property
    def percent(self) -> str:
        return "" if self.share is None else percent(self.share)


@dataclass(frozen=True)
class Reading:
    """What a file says, line by line; nothing of it is used while a line is a problem."""

    lines: Sequence[Line]

    @property
    def is_understood(self) -> bool:
        return bool(self.shares) and not any(line.problem for line in self.lines)

    @property
    def shares(self) -> dict[str, Decimal | None]:
        return {line.family: line.share for line in self.lines if line.family and not line.problem}


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, or what spreadsheets in Chinese write. Raises Invalid."""
    if len(content) > MOST_BYTES:
        raise Invalid("file", _("The file is larger than any list of families."))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Invalid("file", _("The file is not text."))


def read_csv(text: str) -> Reading:
    """Read ``family,share`` lines: comma, semicolon or tab; percent, or shares that sum to 1."""
    rows = list(_rows(text))
    lines, seen = [], dict[str, int]()
    for place, (number, cells, whole) in enumerate(rows):
        line = _line(number, cells, whole)
        if place == 0 and line.problem and len(cells) > 1 and not _is_figure(cells[1]):
            lines.append(Line(number, whole))  # the heading
            continue
        if not line.problem and line.family in seen:
            sentence = _("“%(family)s” stands in line %(n)d already.")
            told = sentence % {"family": line.family, "n": seen[line.family]}
            line = Line(number, whole, line.family, problem=told)
        seen.setdefault(line.family, number)
        lines.append(line)
    return Reading(_in_shares(lines, text))


def _rows(text: str) -> Iterator[tuple[int, list[str], str]]:
    """The number, cells and text of each line that says something."""
    plain = unicodedata.normalize("NFKC", text)
    mark = max("\t;,", key=lambda mark: plain.count(mark) * (2 if mark != "," else 1))
    for number, line in enumerate(plain.splitlines(), start=1):
        if line.strip():
            cells = next(csv.reader([line], delimiter=mark))
            # A comma that parts no cells is a decimal comma.
            yield number, [_figure(cell) if mark != "," else cell.strip() for cell in cells], line


def _figure(cell: str) -> str:
    commas = re.fullmatch(r"\s*(\d+),(\d+)(\s*%?)\s*", cell)
    return f"{commas[1]}.{commas[2]}{commas[3]}" if commas else cell.strip()


def _is_figure(cell: str) -> bool:
    return any(sign.isdigit() for sign in cell)


def _line(number: int, cells: Sequence[str], whole: str) -> Line:
    """A line with its figure as typed: of what, all lines together tell."""
    family, figure = cells[0].strip(), cells[1].strip() if len(cells) > 1 else ""
    problem = _problem(family, figure, [cell for cell in cells[2:] if cell.strip()])
    if problem:
        return Line(number, whole, family, problem=problem)
    return Line(number, whole, family, Decimal(figure.rstrip("%").strip()))


def _problem(family: str, figure: str, more: Sequence[str]) -> str:
    number = figure.rstrip("%").strip()
    sentences = {
        _("There is no family in it."): not family,
        _("The name of a family has 1 to %(n)d characters.") % {"n": LONGEST_FAMILY}: len(family)
        > LONGEST_FAMILY,
        _("There is no share in it."): not figure,
        _("More than a family and a share stand in it."): bool(more),
        _("“%(text)s” is no number.") % {"text": figure}: not _NUMBER.fullmatch(number),
    }
    for sentence, is_so in sentences.items():
        if is_so:
            return sentence
    return "" if 0 <= Decimal(number) <= HUNDRED else _("A share lies between 0 and 100 %.")


def _in_shares(lines: Sequence[Line], text: str) -> list[Line]:
    """Figures are percents, unless no line says so and together they are about 1."""
    total = sum((line.share for line in lines if line.share is not None), Decimal())
    is_whole = "%" not in unicodedata.normalize("NFKC", text) and abs(total - 1) <= TOLERANCE
    by = Decimal(1) if is_whole else HUNDRED
    return [line if line.share is None else replace(line, share=line.share / by) for line in lines]
