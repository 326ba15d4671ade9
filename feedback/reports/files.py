"""The files a report can be taken away as, in portions: the same at once and in the background."""

from collections.abc import Iterator
from datetime import datetime

from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse

from community.members.models import Member
from feedback.reports import queries
from feedback.reports.domain.exporting import ballots_csv, document, features_csv
from feedback.reports.domain.listing import Asked, every_row, number_of_rows
from feedback.reports.domain.reading import content_of
from feedback.reports.domain.themes.reading import lines
from feedback.reports.domain.workbook import workbook
from feedback.reports.models import ReportExport, ReportFile, Side, VoteReport
from feedback.reports.printing.page import first_page
from feedback.reports.printing.press import pdf

CONTENT_TYPES = {
    ReportFile.PDF: "application/pdf",
    ReportFile.FEATURES: "text/csv; charset=utf-8",
    ReportFile.BALLOTS: "text/csv; charset=utf-8",
    ReportFile.WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ReportFile.DOCUMENT: "application/json",
}
# Ballots that a file of them has at most when it is given at once: about three seconds of them.
MOST_AT_ONCE = 20_000


class NoSuchSegment(Exception):
    """The report does not tell this segment apart."""


def name_of(file: ReportFile, report: VoteReport) -> str:
    """What the file is called on the reader's side."""
    return f"{report.build.slug}-{file.value}"


def is_long(file: ReportFile, report: VoteReport) -> bool:
    """Whether it takes long enough to be made in the background."""
    return file == ReportFile.BALLOTS and report.ballots > MOST_AT_ONCE


def rows_in(file: ReportFile, report: VoteReport, asked: Asked, *, at: datetime) -> int:
    """How many portions there will be, where that is worth telling; else 0."""
    return number_of_rows(report, asked, at=at) if file == ReportFile.BALLOTS else 0


def portions(
    file: ReportFile, report: VoteReport, asked: Asked, *, reader: Member, at: datetime
) -> Iterator[str | bytes]:
    """The file, as this reader sees the report in the language that is active.

    Only the files of ballots heed more of ``asked`` than its segment. Raises NoSuchSegment and
    CannotPrint before the first portion is taken.
    """
    content, segment = content_of(report, asked.segment), asked.segment
    if content is None:
        raise NoSuchSegment
    match file:
        case ReportFile.PDF:
            page = first_page(report, content, segment, reader)
            return iter([pdf(page, at=report.computed_at)])
        case ReportFile.FEATURES:
            return features_csv(content)
        case ReportFile.BALLOTS:
            return ballots_csv(every_row(report, asked, at=at), report.content)
        case ReportFile.WORKBOOK:
            return iter([workbook(content, lines(report, *Side, segment=segment))])
        case ReportFile.DOCUMENT:
            told = lines(report, *Side, segment=segment)
            whole = document(report, content, segment, queries.slice_sizes(report), told)
            encoder = DjangoJSONEncoder(ensure_ascii=False, indent=1)
            return encoder.iterencode(whole)
    raise AssertionError(file)


def handed_over(export: ReportExport) -> FileResponse:
    """A made file, read from storage while it is sent."""
    file = ReportFile(export.file)
    return FileResponse(
        default_storage.open(export.file_name),
        as_attachment=True,
        filename=name_of(file, export.report),
        content_type=CONTENT_TYPES[file],
    )
