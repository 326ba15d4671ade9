"""Wednesday's mail: the first page as pictures, the same in words, and the ways to the report."""

import logging

from django.urls import reverse
from django.utils.translation import gettext as _

from community.notices.kinds import Letter, Picture
from community.notices.models import Notice
from feedback.reports.domain.reading import content_of
from feedback.reports.models import VoteReport
from feedback.reports.permissions import can_read_report
from feedback.reports.printing import press
from feedback.reports.printing.page import Page, first_page
from feedback.reports.printing.words import sections

logger = logging.getLogger(__name__)
ABOUT = "report:"


def letter_to(notice: Notice) -> Letter | None:
    """The mail of a notice about a report; None when it is not its reader's any more."""
    reports = VoteReport.objects.final().select_related("build__product")
    report = reports.filter(pk=notice.about.removeprefix(ABOUT)).first()
    if report is None or not can_read_report(notice.member, report.build):
        return None
    content = content_of(report, None)
    assert content is not None  # noqa: S101 - everyone's is always there
    page, slug = first_page(report, content, None, notice.member), report.build.slug
    told = sections(page)
    links = [
        (_("Open the report"), reverse("reports:detail", args=[slug])),
        (_("The first page as PDF"), reverse("reports:report_pdf", args=[slug])),
    ]
    return Letter("\n\n".join(told), _pictures(report, page, told), links)


def _pictures(report: VoteReport, page: Page, told: list[str]) -> list[Picture]:
    """Without them the words go alone: a mail does not wait for a press that is broken."""
    try:
        drawn = press.pictures(page, at=report.computed_at)
    except press.CannotPrint:
        logger.exception("The first page of report %s could not be drawn.", report.pk)
        return []
    return [Picture(png, alt) for png, alt in zip(drawn, told, strict=True)]
