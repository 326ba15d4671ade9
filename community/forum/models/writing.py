"""What was written before, and what is not sent yet."""

import pgtrigger
from django.db import models
from django.db.models import Q

from community.forum.models.boards import Kind
from community.forum.models.topics import TITLE_LENGTH, Post
from community.members.models import Member


class PostVersion(models.Model):
    """What an edited post said and says; a post that never changed has none (历史版本)."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.TextField(max_length=20_000)
    # Who wrote these words, and when; null: somebody who has left.
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    # By a moderator: its words and what changed to and from it are shown to moderators only.
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "number"], name="postversion_number_once_in_post"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="postversion_number_from_one"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="says_what_it_said",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("post", "number", "body", "written_at"),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"


class Draft(models.Model):
    """What a member has begun to write at one place of the site (草稿)."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="drafts")
    # What it will be: "new:bugs", "reply:12", "edit:34"; other rooms have places of their own.
    place = models.CharField(max_length=80)
    # Counts what was saved: who saw an older one is told before it is lost.
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=TITLE_LENGTH, blank=True, default="")
    body = models.TextField(max_length=20_000, blank=True, default="")
    # The form's other fields by name: kind, device, build, tags.
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "place"], name="draft_once_a_place"),
            models.CheckConstraint(condition=~Q(place=""), name="draft_has_a_place"),
            models.CheckConstraint(condition=Q(version__gte=1), name="draft_version_from_one"),
        ]
        indexes = [
            # A member's drafts, newest first.
            models.Index(fields=["member", "-saved_at"], name="draft_by_member"),
        ]

    def __str__(self) -> str:
        return self.title or self.body[:40]

    @property
    def kind(self) -> str:
        """The kind of topic it was begun as; "" for anything else."""
        kind = str(self.fields.get("kind", ""))
        return kind if kind in Kind else ""
