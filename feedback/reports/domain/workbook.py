"""A report as a workbook: typed columns, sheets that filter, and charts of the same figures."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from feedback.reports.domain.content import MOODS, VERDICTS, Content
from feedback.reports.domain.exporting import harmless
from feedback.reports.domain.table import feature_rows
from feedback.reports.domain.themes.reading import Line

Rows = Sequence[Sequence[Any]]


def workbook(content: Content, themes: Sequence[Line]) -> bytes:
    """The file: features, areas, moods, themes and what is looked forward to."""
    # Not with the module: few requests make one.
    from xlsxwriter import Workbook

    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        features = _features(content)
        sheet = _sheet(book, _("Features"), features)
        _chart(book, sheet, _("Features"), len(features) - 1, name_column=0, value=9, kind="bar")
        _sheet(book, _("Areas"), _areas(content))
        moods: Rows = [["mood", "ballots"], *([mood, content["mood"][mood]] for mood in MOODS)]
        sheet = _sheet(book, _("Mood"), moods)
        _chart(book, sheet, _("Mood"), len(MOODS), name_column=0, value=1, kind="column")
        _sheet(book, _("Themes"), _themes(themes))
        _sheet(book, _("Looking forward to"), _wishes(content))
    return file.getvalue()


def _sheet(book: Any, name: str, rows: Rows) -> Any:
    """One table with a frozen, filtering head; numbers stay numbers, texts never run."""
    sheet = book.add_worksheet(name[:31])
    head = book.add_format({"bold": True, "bottom": 1})
    share = book.add_format({"num_format": "0.0 %"})
    for column, title in enumerate(rows[0]):
        is_share = str(title).endswith("share")
        sheet.set_column(column, column, 36 if column == 0 else 12, share if is_share else None)
        sheet.write_string(0, column, title, head)
    for place, row in enumerate(rows[1:], start=1):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(place, column, harmless(cell))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows) - 1, 1), len(rows[0]) - 1)
    return sheet


def _chart(
    book: Any, sheet: Any, name: str, rows: int, *, name_column: int, value: int, kind: str
) -> None:
    if not rows:
        return
    chart = book.add_chart({"type": kind})
    place = name[:31]
    chart.add_series(
        {
            "categories": [place, 1, name_column, rows, name_column],
            "values": [place, 1, value, rows, value],
            "name": [place, 0, value],
        }
    )
    chart.set_legend({"none": True})
    sheet.insert_chart(rows + 3, 0, chart)


def _features(content: Content) -> list[list[Any]]:
    head = ["title", "area", "kind", "named", *VERDICTS, "loved_share", "joy", "low", "high"]
    return [
        [*head, "comments"],
        *(
            [
                row.line["title"],
                row.line["area"],
                row.line["kind"],
                row.line["named"],
                *(row.line["verdicts"][verdict] for verdict in VERDICTS),
                round(row.loved_share, 4),
                *_interval(row.line["joy"]),
                row.line["comments"],
            ]
            for row in feature_rows(content["features"])
        ),
    ]


def _areas(content: Content) -> list[list[Any]]:
    return [
        ["area", "named", *VERDICTS, "joy", "low", "high"],
        *(
            [
                line["area"],
                line["named"],
                *(line["verdicts"][verdict] for verdict in VERDICTS),
                *_interval(line["joy"]),
            ]
            for line in content["areas"]
        ),
    ]


def _interval(joy: Any) -> list[float | None]:
    return [joy["value"], joy["low"], joy["high"]] if joy else [None, None, None]


def _themes(themes: Sequence[Line]) -> list[list[Any]]:
    return [
        ["theme", "side", "ballots", "share", "change", "devices"],
        *(
            [
                str(line.theme),
                line.theme.side,
                line.ballots,
                round(line.weeks[-1].share, 4),
                line.change,
                ", ".join(line.devices),
            ]
            for line in themes
        ),
    ]


def _wishes(content: Content) -> list[list[Any]]:
    return [
        ["title", "status", "named", "named_first", "share"],
        *(
            [line["title"], line["status"], line["named"], line["named_first"], line["share"]]
            for line in content["wishes"]
        ),
    ]
