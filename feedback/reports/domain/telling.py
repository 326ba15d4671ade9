"""Telling managers that the report of the week is there, on the Wednesday of its award."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from community.builds.models import Build
from community.builds.queries import muted_mails
from community.notices.domain import telling
from feedback.reports.models import ReportTelling, VoteReport

READY = "reports.ready"


def tell_due(*, at: datetime) -> list[int]:
    """Tell of every report whose hour has come; gives their builds."""
    due = VoteReport.objects.to_tell(at).select_related("build").defer("content").order_by("pk")
    return [report.build_id for report in due if _tell(report, at)]


def _tell(report: VoteReport, at: datetime) -> bool:
    """Notices and mark in one transaction: killed in between, nothing was said yet.

    Each manager gets a row of their own; from there on mails are sent one by one.
    """
    with transaction.atomic():
        defaults = {"told_at": at}
        if not ReportTelling.objects.get_or_create(report=report, defaults=defaults)[1]:
            return False
        telling.tell(
            kind=READY,
            members=told_of(report.build),
            about=f"report:{report.pk}",
            url=reverse("reports:detail", args=[report.build.slug]),
            words={"build": report.build.version},
            by=None,
            at=at,
            by_mail=READY not in muted_mails(report.build.product_id),
        )
    return True


def told_of(build: Build) -> set[int]:
    """Whom the report of a build is told."""
    return set(build.product.managers.values_list("pk", flat=True))
