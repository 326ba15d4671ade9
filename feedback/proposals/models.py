"""What members wish for in a coming build."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.builds.models import Build, Feature, Product
from community.members.models import Member


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def on_the_ballot(self) -> Self:
        """What cell 4 offers: open and accepted proposals."""
        return self.filter(status__in=Proposal.LIVE)


class Proposal(models.Model):
    """Something wished for a coming build (功能提案)."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        UNDER_REVIEW = "under_review", _("under review")
        ACCEPTED = "accepted", _("accepted")
        IN_DEVELOPMENT = "in_development", _("in development")
        SHIPPED = "shipped", _("shipped")
        DEFERRED = "deferred", _("deferred")
        DECLINED = "declined", _("declined")

    LIVE = (Status.OPEN, Status.UNDER_REVIEW, Status.ACCEPTED, Status.IN_DEVELOPMENT)
    PLANNED = (Status.ACCEPTED, Status.IN_DEVELOPMENT, Status.SHIPPED)
    NEEDS_REASON = (Status.DEFERRED, Status.DECLINED)

    product = models.ForeignKey(Product, models.PROTECT, related_name="proposals")
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("description"), blank=True, max_length=5000)
    area = models.CharField(_("area"), max_length=60, blank=True)
    status = models.CharField(
        _("status"), max_length=14, choices=Status.choices, default=Status.OPEN
    )
    status_reason = models.CharField(_("reason"), max_length=300, blank=True)
    author = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    accepted_for = models.ForeignKey(
        Build, models.SET_NULL, null=True, blank=True, related_name="accepted_proposals"
    )
    shipped_as = models.ForeignKey(
        Feature, models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    created_at = models.DateTimeField()

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="proposal_has_title"),
            models.CheckConstraint(
                condition=~Q(status__in=["deferred", "declined"]) | ~Q(status_reason=""),
                name="proposal_refused_with_reason",
            ),
        ]
        indexes = [
            # The list of a product by status, newest first.
            models.Index(fields=["product", "status", "-created_at"], name="proposal_by_status"),
            # The list of everything, page by page.
            models.Index(fields=["-created_at", "-id"], name="proposal_newest"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposals:detail", args=[self.pk])

    @property
    def stage(self) -> str:
        """Where it is on its way, as the design names states."""
        if self.status in self.NEEDS_REASON:
            return "stopped"
        if self.status == self.Status.SHIPPED:
            return "done"
        return "now" if self.status in self.PLANNED else "waiting"
