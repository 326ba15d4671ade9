"""An engineer's inbox: when it was opened last, and what was replied from it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.builds.models import Feature
from community.forum.models import Post
from community.members.models import Member
from feedback.reports.models.followup import FollowUp
from feedback.reports.models.theme import Side


class InboxVisit(models.Model):
    """When an engineer opened the inbox last: what was counted since is new."""

    member = models.OneToOneField(
        Member, models.CASCADE, primary_key=True, related_name="inbox_visit"
    )
    visited_at = models.DateTimeField()


class InboxReply(models.Model):
    """An official word on what came back (官方回复); everybody reads it in the change's topic."""

    # The change it speaks of; null where a note speaks of the whole build.
    feature = models.ForeignKey(Feature, models.SET_NULL, null=True, related_name="+")
    # Praise or problems, when it answers what voters wrote.
    side = models.CharField(_("about"), max_length=8, choices=Side.choices, blank=True)
    note = models.ForeignKey(FollowUp, models.SET_NULL, null=True, related_name="replies")
    post = models.OneToOneField(Post, models.CASCADE, related_name="+")
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(note=None) | models.Q(side=""), name="inboxreply_to_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feature_id} {self.side}"
