"""Reads stored contents: of everyone, of a segment, of the builds before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from community.builds.models import Build
from feedback.reports.domain.content import AreaLine, Content, Interval, Mood
from feedback.reports.domain.table import FeatureRow, Row, feature_rows
from feedback.reports.models import ReportSlice, VoteReport
from feedback.reports.queries import Segment


def content_of(report: VoteReport, segment: Segment | None) -> Content | None:
    """What everyone says, or one segment; None when that segment is not told apart."""
    if segment is None:
        return cast("Content", report.content)
    slices = ReportSlice.objects.filter(report=report, **segment._asdict())
    return cast("Content | None", slices.values_list("content", flat=True).first())


def moods_of(reports: Sequence[VoteReport], segment: Segment | None) -> list[tuple[Build, Mood]]:
    """The same segment's moods in several reports; those that do not tell it apart are left out.

    Not the whole contents, which are many times longer.
    """
    if segment:
        slices = ReportSlice.objects.filter(report__in=reports, **segment._asdict())
        moods = dict(slices.values_list("report_id", "content__mood"))
    else:
        whole = VoteReport.objects.filter(pk__in=[report.pk for report in reports])
        moods = dict(whole.values_list("pk", "content__mood"))
    return [(report.build, moods[report.pk]) for report in reports if report.pk in moods]


@dataclass(frozen=True)
class AreaWeek:
    """An area in one build, with the lines of its features."""

    build: Build
    line: AreaLine
    features: list[FeatureRow]

    @property
    def joy(self) -> Interval | None:
        return self.line["joy"]

    @property
    def row(self) -> Row:
        """The area's own shares."""
        return Row(self.line)


def area_weeks(reports: Sequence[VoteReport], area: str) -> list[AreaWeek]:
    """The reports' builds that have features of the area, in the same order."""
    weeks = []
    for report in reports:
        content = cast("Content", report.content)
        lines = [line for line in content["features"] if line["area"] == area]
        weeks += [
            AreaWeek(report.build, line, feature_rows(lines))
            for line in content["areas"]
            if line["area"] == area
        ]
    return weeks
