"""Pictures people put into what they write."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.members.models import Member

THUMBNAIL = 320


class PictureQuerySet(models.QuerySet["Picture"]):
    def kept(self) -> Self:
        return self.filter(is_kept=True)

    def sent_since(self, moment: datetime) -> Self:
        return self.filter(created_at__gt=moment)

    def unused_before(self, moment: datetime) -> Self:
        return self.filter(is_used=False, created_at__lt=moment)


class Picture(models.Model):
    """One picture a member sent, re-encoded in several widths (图片)."""

    class Refusal(models.TextChoices):
        NOT_A_PICTURE = "not_a_picture", _("not a picture")
        TOO_MANY_PIXELS = "too_many_pixels", _("too many pixels")

    # 128 random bits: whoever knows it may see the picture, and nobody can guess it.
    key = models.CharField(max_length=32, unique=True)
    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="pictures"
    )
    # SHA-256 of what was sent: the same file of the same member is one picture.
    digest = models.BinaryField(max_length=32)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    # Widths of its smaller copies, ascending.
    sizes = ArrayField(models.PositiveSmallIntegerField(), default=list)
    # What was sent; once it is kept, what its files take.
    bytes = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    # A row comes first, then the files: a broken-off upload leaves a row to clear away.
    is_kept = models.BooleanField(default=False)
    refusal = models.CharField(max_length=20, choices=Refusal.choices, blank=True, default="")
    # Something written shows it; what nothing shows is removed after a day.
    is_used = models.BooleanField(default=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "digest"], name="picture_once_a_member"),
            models.CheckConstraint(
                condition=Q(is_kept=False) | Q(width__gte=1, height__gte=1, refusal=""),
                name="picture_kept_has_a_size",
            ),
            models.CheckConstraint(
                condition=Q(is_used=False) | Q(is_kept=True), name="picture_used_is_kept"
            ),
        ]
        indexes = [
            # What a member sent lately: the limits.
            models.Index(fields=["member", "-created_at"], name="picture_by_member"),
            # What nothing shows: a day's uploads at most.
            models.Index(fields=["created_at"], condition=Q(is_used=False), name="picture_unused"),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return self.address()

    def address(self, width: int | None = None) -> str:
        """Where the picture is, or its copy of this width; the whole one if there is no such."""
        return f"/pictures/{self.file_name(width if width in self.sizes else None)}"

    def file_name(self, width: int | None = None) -> str:
        return f"{self.key}-{width}.webp" if width else f"{self.key}.webp"

    @property
    def thumbnail(self) -> str:
        return self.address(THUMBNAIL)

    @property
    def markdown(self) -> str:
        return f"![]({self.address()})"


class LinkCard(models.Model):
    """What a page of another site said of itself when this site asked once (链接预览)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        FETCHED = "fetched", _("fetched")
        FAILED = "failed", _("failed")

    # SHA-256 of the address, which may be too long for an index.
    digest = models.BinaryField(max_length=32, unique=True)
    address = models.CharField(max_length=2000)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    # When it is to be fetched; put off while a worker is at it.
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=240, blank=True, default="")
    text = models.CharField(max_length=480, blank=True, default="")
    site = models.CharField(max_length=120, blank=True, default="")
    # The page was there in the end, after redirects.
    host = models.CharField(max_length=255, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="fetched") | ~Q(title=""), name="linkcard_fetched_has_a_title"
            ),
        ]
        indexes = [
            # What is still to be fetched.
            models.Index(
                fields=["asked_at"], condition=Q(state="waiting"), name="linkcard_waiting"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.address
