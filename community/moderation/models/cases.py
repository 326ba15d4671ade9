"""The queue: one case for each thing somebody has to look at, and who reported it why."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.members.models import Member
from community.moderation.models.rules import ApprovalRule

# A moderator who has gone for tea keeps nobody waiting longer.
CLAIM_LASTS = timedelta(minutes=15)


class CaseQuerySet(models.QuerySet["Case"]):
    def unsettled(self) -> Self:
        return self.exclude(state=Case.State.SETTLED)

    def within(self, boards: Collection[str] | None) -> Self:
        """Cases on these boards; None stands for every case there is."""
        return self if boards is None else self.filter(board__in=boards)

    def takeable(self, by: Member, at: datetime) -> Self:
        """Cases this moderator may work on: nobody else holds them at the moment."""
        theirs = Q(claimed_by=by) | Q(claimed_at__lte=at - CLAIM_LASTS)
        return self.unsettled().filter(Q(state=Case.State.OPEN) | theirs)

    def by_urgency(self) -> Self:
        return self.order_by("-score", "-pk")


class Case(models.Model):
    """One thing moderators have to look at, and what became of it (案件)."""

    class Cause(models.TextChoices):
        REPORTED = "reported", _("reported")
        HELD = "held", _("waits for approval")
        APPEAL = "appeal", _("appeal")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("case", "open")
        CLAIMED = "claimed", _("in hand")
        SETTLED = "settled", _("settled")

    class Outcome(models.TextChoices):
        KEPT = "kept", _("left as it was")
        APPROVED = "approved", _("approved")
        HIDDEN = "hidden", _("hidden")
        REFUSED = "refused", _("refused")
        UPHELD = "upheld", _("the sanction stands")
        LIFTED = "lifted", _("the sanction is lifted")

    # What it is about: a kind that community.moderation.subjects knows, and its id there.
    kind = models.CharField(max_length=20)
    subject = models.PositiveBigIntegerField()
    # The board whose moderators see it; "" is for admins alone.
    board = models.SlugField(blank=True, default="")
    author = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="cases")
    cause = models.CharField(max_length=10, choices=Cause.choices)
    # Why it waits for approval: rules of approval, and those of watched words as members are told.
    held_for = models.CharField(max_length=200, blank=True, default="")
    # Sum of its reports' weights, in hundredths; domain.scoring says where they come from.
    score = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    claimed_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="claimed_cases"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="settled_cases"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default="")
    # What the author is told.
    answer = models.CharField(max_length=500, blank=True, default="")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=~Q(state="settled"),
                name="case_one_open_a_subject",
            ),
            models.CheckConstraint(
                condition=~Q(state="claimed") | Q(claimed_at__isnull=False),
                name="case_claimed_at_a_moment",
            ),
            models.CheckConstraint(
                condition=(Q(state="settled", settled_at__isnull=False) & ~Q(outcome=""))
                | (~Q(state="settled") & Q(settled_at=None, outcome="")),
                name="case_settled_with_an_outcome",
            ),
        ]
        indexes = [
            # The queue: the most urgent first, everywhere or on some boards.
            models.Index(
                fields=["-score", "-id"], condition=~Q(state="settled"), name="case_queue"
            ),
            # What was settled, newest first.
            models.Index(
                fields=["-settled_at", "-id"], condition=Q(state="settled"), name="case_settled"
            ),
            # What there was about one subject.
            models.Index(fields=["kind", "subject"], name="case_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:case", args=[self.pk])

    @property
    def is_settled(self) -> bool:
        return self.state == self.State.SETTLED

    @property
    def held_words(self) -> str:
        """Why it waits, in the reader's words; rules of approval are kept by their values."""
        rules = dict(ApprovalRule.Rule.choices)
        return ", ".join(str(rules.get(reason, reason)) for reason in self.held_for.split(", "))

    def held_by(self, at: datetime) -> Member | None:
        """Who has it in hand now; claims lapse."""
        if self.state != self.State.CLAIMED or self.claimed_at is None:
            return None
        return self.claimed_by if self.claimed_at > at - CLAIM_LASTS else None


class Report(models.Model):
    """One member's word that something is wrong (举报)."""

    class Reason(models.TextChoices):
        SPAM = "spam", _("advertising or a swindle")
        ABUSE = "abuse", _("insults or threats")
        PRIVATE = "private", _("somebody's private data")
        ILLEGAL = "illegal", _("against the law")
        MISPLACED = "misplaced", _("on the wrong board, or said already")
        OTHER = "other", _("something else")

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    words = models.CharField(_("in your words"), max_length=500, blank=True, default="")
    # What it added to the score, in hundredths, as the reporter stood then.
    weight = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "reporter"], name="report_once_a_case"),
        ]
        indexes = [
            # How a reporter's earlier reports ended.
            models.Index(fields=["reporter", "-created_at"], name="report_by_reporter"),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
