"""Files of a report that take a while: asked for, made in the background, gone after a week."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from feedback.reports.models.report import VoteReport


class ReportFile(models.TextChoices):
    """What a report can be taken away as; also the end of the file's name."""

    PDF = "report.pdf", _("The first page")
    FEATURES = "features.csv", _("Features")
    BALLOTS = "ballots.csv", _("Ballots")
    WORKBOOK = "report.xlsx", _("Figures and themes")
    DOCUMENT = "report.json", _("The whole report")

    @property
    def suffix(self) -> str:
        """PDF, CSV, XLSX, JSON."""
        return self.value.rpartition(".")[2].upper()


class ReportExportQuerySet(models.QuerySet["ReportExport"]):
    def waiting(self) -> Self:
        """Not made yet; somebody may be making it."""
        return self.filter(made_at=None, failed_at=None)

    def open(self, at: datetime) -> Self:
        """Made, and not yet too old."""
        return self.filter(made_at__isnull=False, expires_at__gt=at)

    def newest_first(self) -> Self:
        return self.order_by("-pk")


class ReportExport(models.Model):
    """A file that a manager asked for (导出)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("in the queue")
        MAKING = "making", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be made")

    report = models.ForeignKey(VoteReport, models.CASCADE, related_name="exports")
    asked_by = models.ForeignKey(Member, models.CASCADE, related_name="report_exports")
    asked_at = models.DateTimeField()
    file = models.CharField(max_length=12, choices=ReportFile.choices)
    # Which part of the report, as `exporting.Part` writes itself; {} is the whole.
    part = models.JSONField(default=dict)
    # Of its words.
    language = models.CharField(max_length=10)
    # The form or the Idempotency-Key it was asked with: sent twice, it is one.
    submission_key = models.UUIDField()
    # Each attempt takes the row until then; whoever comes later takes it over.
    attempts = models.PositiveSmallIntegerField(default=0)
    taken_until = models.DateTimeField(null=True)
    rows_done = models.PositiveIntegerField(default=0)
    rows_all = models.PositiveIntegerField(default=0)
    # In the site's storage, named before it is written; its address is known to nobody.
    file_name = models.CharField(max_length=100, blank=True, default="")
    octets = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    objects = ReportExportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asked_by", "submission_key"], name="reportexport_sent_once"
            ),
            models.UniqueConstraint(
                fields=["asked_by", "report", "file", "part", "language"],
                condition=Q(made_at=None, failed_at=None),
                name="reportexport_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(made_at=None, expires_at=None)
                | (Q(made_at__isnull=False, expires_at__isnull=False) & ~Q(file_name="")),
                name="reportexport_made_has_file",
            ),
            models.CheckConstraint(
                condition=Q(made_at=None) | Q(failed_at=None), name="reportexport_made_or_failed"
            ),
        ]
        indexes = [
            # What is to be made, and what is to be removed.
            models.Index(
                fields=["asked_at"],
                condition=Q(made_at=None, failed_at=None),
                name="reportexport_waiting",
            ),
            models.Index(fields=["expires_at"], name="reportexport_by_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.file}"

    @property
    def state(self) -> State:
        if self.made_at:
            return self.State.READY
        if self.failed_at:
            return self.State.FAILED
        return self.State.MAKING if self.attempts else self.State.WAITING
