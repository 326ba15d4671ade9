"""A member's own data: copies they asked for, and the wish to be forgotten."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from community.members.models.members import Member


class DataDownloadQuerySet(models.QuerySet["DataDownload"]):
    def waiting(self) -> Self:
        return self.filter(made_at=None)

    def open(self, at: datetime) -> Self:
        """Made, and not yet too old."""
        return self.filter(made_at__isnull=False, expires_at__gt=at)


class DataDownload(models.Model):
    """A copy of everything the site knows about a member, made on request (我的数据)."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="downloads")
    asked_at = models.DateTimeField()
    # Per cent.
    progress = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    # In the site's storage; its address is known to nobody.
    file_name = models.CharField(max_length=100, blank=True, default="")

    objects = DataDownloadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(made_at=None), name="datadownload_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(made_at=None, expires_at=None, file_name="")
                | (Q(made_at__isnull=False, expires_at__isnull=False) & ~Q(file_name="")),
                name="datadownload_made_has_file",
            ),
        ]


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def due(self, at: datetime) -> Self:
        return self.filter(done_at=None, due_at__lte=at)


class Erasure(models.Model):
    """The wish to be forgotten; once it is done, a line of a journal that names nobody (注销)."""

    member = models.OneToOneField(Member, models.SET_NULL, null=True, related_name="erasure")
    asked_at = models.DateTimeField()
    # Until then the member can undo it.
    due_at = models.DateTimeField()
    # Whether posts stay, under "somebody who left".
    keeps_words = models.BooleanField(default=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(member=None), name="erasure_done_names_nobody"
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=models.F("asked_at")), name="erasure_leaves_time"
            ),
        ]
        indexes = [
            # What is due: a handful at any time.
            models.Index(fields=["due_at"], condition=Q(done_at=None), name="erasure_waiting"),
        ]
