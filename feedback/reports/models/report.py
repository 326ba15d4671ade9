"""Stored vote reports: pages come from here, not from the ballots."""

from datetime import datetime, timedelta
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.builds.models import Build
from community.members.models import Member

# After that it is no news any more: weeks that were taken over or recomputed.
TOLD_WITHIN = timedelta(days=3)


class Dimension(models.TextChoices):
    """What voters are told apart by (分组)."""

    FAMILY = "family", _("device")
    LEVEL = "level", _("level")
    REGION = "region", _("region")
    VERIFIED = "verified", _("build-verified")


class VoteReportQuerySet(models.QuerySet["VoteReport"]):
    def final(self) -> Self:
        """Reports on frozen ballots: they never change again."""
        return self.filter(is_final=True)

    def before(self, build: Build) -> Self:
        """Final reports on earlier builds of the same track, the latest first."""
        return (
            self.final()
            .filter(
                build__product=build.product_id,
                build__channel=build.channel,
                build__published_at__lt=build.published_at,
            )
            .order_by("-build__published_at")
        )

    def named(self) -> Self:
        """With version and address of their builds, and without their contents."""
        told = self.select_related("build")
        return told.only("ballots", "build__version", "build__slug")

    def to_tell(self, at: datetime) -> Self:
        """Final reports whose managers hear of them now: the award's hour has come, lately."""
        lately = (at - TOLD_WITHIN, at)
        ended = (Build.State.CLOSED, Build.State.AWARDED)
        told = self.final().filter(build__state__in=ended, build__award_at__range=lately)
        return told.filter(telling=None)


class VoteReport(models.Model):
    """What one build's ballots say, computed once after the close (体验报告汇总)."""

    build = models.OneToOneField(Build, models.PROTECT, related_name="report")
    computed_at = models.DateTimeField()
    # False while the window is open: a live view, computed again when it is old.
    is_final = models.BooleanField()
    ballots = models.PositiveIntegerField()
    # Shape in reports.domain.content.
    content = models.JSONField()

    objects = VoteReportQuerySet.as_manager()

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="votereport_final_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__is_final=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.build_id}"


class ReportSlice(models.Model):
    """The same report for one segment: one value of one dimension, at least five ballots."""

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


class VoterGroup(models.Model):
    """Voters alike in every dimension, and in which of them a list of ballots may say so.

    ``shown`` adds up ``BITS``; what is not shown is "other" in lists and exports.
    """

    BITS = {Dimension.FAMILY: 1, Dimension.LEVEL: 2, Dimension.REGION: 4, Dimension.VERIFIED: 8}

    report = models.ForeignKey(VoteReport, models.CASCADE, related_name="groups", db_index=False)
    family = models.CharField(max_length=40, blank=True)
    level = models.PositiveSmallIntegerField()
    region = models.CharField(max_length=40, blank=True)
    is_verified = models.BooleanField()
    ballots = models.PositiveIntegerField()
    shown = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "family", "level", "region", "is_verified"],
                name="votergroup_once",
            ),
            models.CheckConstraint(condition=Q(shown__lt=16), name="votergroup_shown_is_bits"),
        ]

    def __str__(self) -> str:
        return f"{self.family}/{self.level}/{self.region}/{self.is_verified}"


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


class ReportTelling(models.Model):
    """The managers were told of a final report, on the Wednesday of its award."""

    report = models.OneToOneField(VoteReport, models.CASCADE, related_name="telling")
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report_id}"
