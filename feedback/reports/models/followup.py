"""What managers made of what they read: a proposal, a bug topic, a note to an engineer."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.builds.models import Engineer, Feature
from community.forum.models import Topic
from community.members.models import Member
from feedback.fourgrid.models import Ballot
from feedback.proposals.models import Proposal
from feedback.reports.models.report import VoteReport
from feedback.reports.models.theme import Theme


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def with_results(self) -> Self:
        """With what became of each."""
        return self.select_related("proposal", "topic", "engineer", "made_by")

    def notes_to(self, member: Member) -> Self:
        """Notes to the engineer this member is, the latest first."""
        mine = Q(engineer__member=member) | Q(engineer__merged_into__member=member)
        return self.filter(mine, kind=FollowUp.Kind.NOTE).order_by("-pk")


class FollowUp(models.Model):
    """One step from what was read to somebody who does something about it (跟进)."""

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", _("proposal")
        TOPIC = "topic", _("bug topic")
        NOTE = "note", _("note to an engineer")

    report = models.ForeignKey(VoteReport, models.CASCADE, related_name="follow_ups")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    # Where it comes from: at most one of the three; a comment is a ballot and its place there.
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, related_name="follow_ups")
    feature = models.ForeignKey(Feature, models.SET_NULL, null=True, related_name="+")
    ballot = models.ForeignKey(Ballot, models.SET_NULL, null=True, related_name="+")
    place = models.CharField(max_length=30, blank=True)
    # What it became.
    proposal = models.ForeignKey(Proposal, models.SET_NULL, null=True, related_name="+")
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, related_name="+")
    engineer = models.ForeignKey(Engineer, models.SET_NULL, null=True, related_name="notes")
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True, max_length=5000)
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    # When the engineer opened a note.
    read_at = models.DateTimeField(null=True)
    # When the engineer said that it is done, or replied.
    done_at = models.DateTimeField(null=True)
    # The form it was sent with: sent twice, it is made once.
    submission_key = models.UUIDField(unique=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="followup_has_title"),
            models.CheckConstraint(
                condition=~Q(kind="note") | ~Q(text=""), name="followup_note_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.title
