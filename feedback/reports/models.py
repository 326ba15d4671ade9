"""Stored vote reports: pages come from here, not from the ballots."""

from django.db import models
from django.db.models import Q

from community.builds.models import Build
from community.members.models import Member


class VoteReport(models.Model):
    """What one build's ballots say, computed once after the close (体验报告汇总)."""

    build = models.OneToOneField(Build, models.PROTECT, related_name="report")
    computed_at = models.DateTimeField()
    # False while the window is open: a live view, computed again when it is old.
    is_final = models.BooleanField()
    ballots = models.PositiveIntegerField()
    # Shape in reports.domain.content.
    content = models.JSONField()

    def __str__(self) -> str:
        return f"{self.build_id}"


class ReportSlice(models.Model):
    """The same report for one segment: one value of one dimension, at least five ballots."""

    class Dimension(models.TextChoices):
        FAMILY = "family"
        LEVEL = "level"
        REGION = "region"
        VERIFIED = "verified"

    report = models.ForeignKey(VoteReport, models.CASCADE, related_name="slices")
    dimension = models.CharField(max_length=10, choices=Dimension.choices)
    value = models.CharField(max_length=40)
    ballots = models.PositiveIntegerField()
    content = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "dimension", "value"], name="reportslice_once"
            ),
            models.CheckConstraint(condition=Q(ballots__gte=5), name="reportslice_keeps_secrecy"),
        ]

    def __str__(self) -> str:
        return f"{self.dimension}={self.value}"


class ReportReading(models.Model):
    """A manager opened a report; unread ones are nudged."""

    report = models.ForeignKey(VoteReport, models.CASCADE, related_name="readings")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "member"], name="reportreading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.member_id}"
