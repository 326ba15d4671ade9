"""What became of proposals: every status with who set it and why, merges, what is told of it."""

from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from feedback.proposals.models.proposals import Proposal


class StatusChange(models.Model):
    """A status a proposal was given, by whom and why; rows are added, never changed."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="changes", db_index=False)
    status = models.CharField(max_length=14, choices=Proposal.Status.choices)
    reason = models.CharField(max_length=300, blank=True)
    # The version it was accepted for or shipped in, as it was called then.
    build = models.CharField(max_length=60, blank=True)
    # Null: the site itself, as when a build goes out.
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            # The history of a proposal, as it came.
            models.Index(fields=["proposal", "id"], name="statuschange_by_proposal"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="statuschange_stands", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_status_display())

    @property
    def stage(self) -> str:
        return Proposal(status=self.status).stage


class Merge(models.Model):
    """Two proposals that say the same are one from now on, until somebody takes it back."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="merges")
    into = models.ForeignKey(Proposal, models.PROTECT, related_name="merges_here")
    # The answer it had, for the way back.
    was_status = models.CharField(max_length=14, choices=Proposal.Status.choices)
    was_reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reversed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    reversed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(reversed_at=None), name="merge_one_in_force"
            ),
            models.CheckConstraint(condition=~Q(proposal=F("into")), name="merge_of_two_proposals"),
        ]


class NewsQuerySet(models.QuerySet[Any]):
    def untold(self) -> Self:
        return self.filter(told_at=None)


class News(models.Model):
    """Something to be told to everybody who wrote, voted for or follows a wish.

    `told_up_to` is the member up to whom everybody was told, and moves on in one transaction with
    the telling: whoever takes over goes on from there.
    """

    told_up_to = models.BigIntegerField(default=0)
    told = models.PositiveIntegerField(_("people told"), default=0)
    created_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [
            # What is still to be told.
            models.Index(fields=["id"], condition=Q(told_at=None), name="%(class)s_untold"),
        ]


class ShippedNews(News):
    """That a wish is in a build."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="news")


class AnswerNews(News):
    """That a wish was answered; an answer that follows before everybody was told takes over."""

    change = models.OneToOneField(StatusChange, models.PROTECT, related_name="news")

    @property
    def proposal(self) -> Proposal:
        return self.change.proposal
