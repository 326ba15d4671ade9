"""Posts that members keep, and when they want to be reminded of them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.forum.models.topics import Post
from community.members.models import Member


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    def due(self, at: datetime) -> Self:
        """Whose reminder's hour has come."""
        return self.filter(remind_at__lte=at, reminded_at=None)


class Bookmark(models.Model):
    """A post a member wants to find again, and to be reminded of if they say when (书签)."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="bookmarks")
    post = models.ForeignKey(Post, models.CASCADE, related_name="bookmarks")
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_at = models.DateTimeField()
    remind_at = models.DateTimeField(_("remind me"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "post"], name="bookmark_once_a_post"),
            models.CheckConstraint(
                condition=Q(reminded_at=None) | Q(reminded_at__gte=F("remind_at")),
                name="bookmark_reminded_when_due",
            ),
        ]
        indexes = [
            # A member's bookmarks, newest first.
            models.Index(fields=["member", "-id"], name="bookmark_by_member"),
            # Reminders that are due.
            models.Index(
                fields=["remind_at"],
                condition=Q(remind_at__isnull=False, reminded_at=None),
                name="bookmark_to_remind",
            ),
        ]

    def __str__(self) -> str:
        return self.note or str(self.post.topic)
