"""Due work of the room: reports of tallied builds, and live ones that are old."""

from celery import shared_task
from django.utils import timezone, translation

from feedback.reports import domain
from feedback.reports.domain import background, telling
from feedback.reports.domain.listing import Asked
from feedback.reports.models import ReportExport, ReportFile


@shared_task(name="reports.store_due")
def store_due() -> None:
    """Look for builds that wait for a report; safe to run twice, at any time."""
    domain.store_due(at=timezone.now())


@shared_task(name="reports.tell_due")
def tell_due() -> None:
    """Tell managers of the reports whose hour has come; safe to run twice, at any time."""
    telling.tell_due(at=timezone.now())


@shared_task(name="reports.make_exports")
def make_exports() -> None:
    """Make the files that managers wait for; safe to run twice, at any time."""
    background.make_waiting(write=_written, at=timezone.now())


@shared_task(name="reports.remove_exports")
def remove_exports() -> None:
    """Remove files that are a week old; safe to run twice, at any time."""
    background.remove_expired(at=timezone.now())


def _written(export: ReportExport) -> background.Written:
    # Not with the module: few tasks print.
    from feedback.reports import files

    file, asked = ReportFile(export.file), Asked.from_json(export.part)
    report, at = export.report, timezone.now()
    with (
        translation.override(export.language),
        timezone.override(export.asked_by.time_zone or None),
    ):
        found = files.portions(file, report, asked, reader=export.asked_by, at=at)
        return files.rows_in(file, report, asked, at=at), found
