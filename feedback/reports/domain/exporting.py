"""Reports as files: CSV line by line, and the document that the JSON file and the API share."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict

from feedback.reports.domain.content import VERDICTS, Content
from feedback.reports.domain.listing import Row
from feedback.reports.domain.table import feature_rows
from feedback.reports.domain.themes.reading import Line
from feedback.reports.models import Dimension, VoteReport
from feedback.reports.queries import Segment, SliceSize

# Excel reads a file as UTF-8 only when it begins with this.
BOM = "\ufeff"
# A spreadsheet would run what begins with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MOST_LOVED, MOST_WISHES = 5, 3
CELLS = ("mood", "loved", "let_down", "wishes")

Cell = str | int | float | None


class SegmentSize(TypedDict):
    """A segment to ask for."""

    value: str
    ballots: int


class ThemeQuote(TypedDict):
    """A comment in its writer's words, and its row in the list of ballots."""

    text: str
    ballot: str


class DocumentTheme(TypedDict):
    """What comments of at least five ballots speak of."""

    theme: int
    side: str
    # Given by a manager, or "".
    name: str
    # Words for either reader, the most telling first.
    label: list[dict[str, str]]
    ballots: int
    # Of all ballots on the build.
    share: float
    # Against the build before: "more", "fewer", "steady", "new", or "" without one.
    change: str
    segments: dict[str, dict[str, int]]
    features: list[int]
    quotes: list[ThemeQuote]


class Document(TypedDict):
    """A report with what it is a report on."""

    product: str
    build: str
    channel: str
    published_at: datetime
    computed_at: datetime
    # The window is open or the build was recalled: the figures are not the last word.
    is_provisional: bool
    # Dimension and value, or None for everyone.
    segment: dict[str, str] | None
    # What can be asked for, by dimension.
    segments: dict[str, list[SegmentSize]]
    report: Content
    # As managers put them right; empty while the window is open.
    themes: list[DocumentTheme]


def document(
    report: VoteReport,
    content: Content,
    segment: Segment | None,
    sizes: Mapping[Dimension, Sequence[SliceSize]],
    themes: Sequence[Line],
) -> Document:
    """The whole of one view of a report."""
    build = report.build
    assert build.published_at is not None  # noqa: S101 - reports are on published builds
    return Document(
        product=build.product.slug,
        build=build.version,
        channel=build.channel,
        published_at=build.published_at,
        computed_at=report.computed_at,
        is_provisional=not report.is_final,
        segment={segment.dimension.value: segment.value} if segment else None,
        segments={
            dimension.value: [
                SegmentSize(value=size.segment.value, ballots=size.ballots) for size in found
            ]
            for dimension, found in sizes.items()
        },
        report=content,
        themes=[_theme(line) for line in themes],
    )


def _theme(line: Line) -> DocumentTheme:
    return DocumentTheme(
        theme=line.theme.pk,
        side=line.theme.side,
        name=line.theme.name,
        label=line.theme.label,
        ballots=line.ballots,
        share=round(line.weeks[-1].share, 6),
        change=line.change,
        segments=line.theme.faces,
        features=line.features,
        quotes=[ThemeQuote(text=quote.text, ballot=quote.handle) for quote in line.quotes],
    )


def features_csv(content: Content) -> Iterator[str]:
    """The table of features, one line each."""
    header = ["feature", "title", "area", "kind", "engineers", "named", *VERDICTS]
    header += ["loved_share", "let_down_share", "joy", "joy_low", "joy_high"]
    header += ["quadrant", "against_area", "comments"]
    yield from _lines(header, map(_feature_cells, feature_rows(content["features"])))


def _feature_cells(row: Any) -> list[Cell]:
    line = row.line
    joy = line["joy"] or {"value": None, "low": None, "high": None}
    engineers = "; ".join(f"{each['name']} {each['share']:g}" for each in line["engineers"])
    return [
        line["feature"],
        line["title"],
        line["area"],
        line["kind"],
        engineers,
        line["named"],
        *(line["verdicts"][verdict] for verdict in VERDICTS),
        round(row.loved_share, 4),
        round(row.let_down_share, 4),
        joy["value"],
        joy["low"],
        joy["high"],
        line["quadrant"],
        line["against"]["movement"] if line["against"] else None,
        line["comments"],
    ]


def ballots_csv(rows: Iterable[Row], content: Content) -> Iterator[str]:
    """The ballots of a list, one line each; ``content`` knows the titles."""
    features = {line["feature"]: line["title"] for line in content["features"]}
    wishes = {line["proposal"]: line["title"] for line in content["wishes"]}
    header = ["ballot", "hour", "mood"]
    for cell, most in (("loved", MOST_LOVED), ("let_down", MOST_LOVED), ("wish", MOST_WISHES)):
        header += [f"{cell}_{place}" for place in range(1, most + 1)]
    header += [dimension.value for dimension in Dimension]
    header += [f"comment_{cell}" for cell in CELLS] + ["comment_features"]
    yield from _lines(header, (_ballot_cells(row, features, wishes) for row in rows))


def _ballot_cells(row: Row, features: Mapping[int, str], wishes: Mapping[int, str]) -> list[Cell]:
    remarks = [
        f"{features.get(int(key.removeprefix('feature:')), '?')}: {text}"
        for key, text in row.comments.items()
        if key.startswith("feature:")
    ]
    return [
        row.handle,
        row.hour.isoformat(),
        row.mood,
        *_padded([features.get(pk, "") for pk in row.loved], MOST_LOVED),
        *_padded([features.get(pk, "") for pk in row.let_down], MOST_LOVED),
        *_padded([wishes.get(pk, "") for pk in row.wishes], MOST_WISHES),
        *(row.segments[dimension] for dimension in Dimension),
        *(row.comments.get(cell, "") for cell in CELLS),
        "\n".join(remarks),
    ]


def _padded(titles: list[str], number: int) -> list[str]:
    return titles + [""] * (number - len(titles))


class _Echo:
    """Gives the csv writer's line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow(header)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def harmless(cell: Cell) -> Cell:
    """The cell, so that no spreadsheet runs it: text that looks like a formula gets a quote."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
