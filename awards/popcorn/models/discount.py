"""Which ballots count for less and why, and who took a discount back."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from awards.popcorn.models.award import Award
from community.builds.models import Build
from community.members.models import Member
from feedback.fourgrid.models import Ballot


class DiscountedBallot(models.Model):
    """A ballot that coordination made lighter, with its reason code; none is ever deleted."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="discounts")
    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="discounts")
    # The reason code: position of the pattern in ``award.result["blocks"]``, from 0.
    pattern = models.PositiveSmallIntegerField()
    # What is left of its weight, above 0 and below 1.
    coordination = models.DecimalField(max_digits=5, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "ballot"], name="discountedballot_once"),
            models.CheckConstraint(
                condition=Q(coordination__gt=0, coordination__lt=1),
                name="discountedballot_is_graded",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class DiscountOverride(models.Model):
    """Two people take a coordination discount back; the award computed next leaves it out."""

    build = models.ForeignKey(Build, models.PROTECT, related_name="discount_overrides")
    # The block, as in popcorn.domain.integrity.Block: two marks, and the hour or null for all.
    first = models.CharField(max_length=40)
    second = models.CharField(max_length=40)
    hour = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["build", "first", "second", "hour"],
                nulls_distinct=False,
                name="discountoverride_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")),
                name="discountoverride_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="discountoverride_confirmed_at_a_moment",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="discountoverride_has_reason"),
        ]
        triggers = [
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
            # The log: a wish is confirmed once, and nothing else about it ever changes.
            pgtrigger.Protect(
                name="asked_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["confirmed_by", "confirmed_at"]),
            ),
            pgtrigger.Protect(
                name="confirmed_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__confirmed_by__isnull=False),
            ),
        ]
