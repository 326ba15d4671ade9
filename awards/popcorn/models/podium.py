"""Who stands on an award's podium, who below, and what users wrote of the winning work."""

import pgtrigger
from django.db import models
from django.db.models import Q

from awards.popcorn.models.award import Award
from community.builds.models import Engineer, Feature
from community.members.models import Member


class AwardPlace(models.Model):
    """An engineer's place in one award's ranking (名次)."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="places")
    engineer = models.ForeignKey(Engineer, models.PROTECT, related_name="award_places")
    # Null: not eligible this week.
    place = models.PositiveSmallIntegerField(null=True)
    is_winner = models.BooleanField()
    is_hidden_kernel = models.BooleanField(default=False)
    # On the public table; what stands below it is the engineer's own to see.
    is_shown = models.BooleanField()
    score = models.FloatField()
    p_best = models.FloatField()
    score_low = models.FloatField()
    score_high = models.FloatField()
    place_low = models.PositiveSmallIntegerField()
    place_high = models.PositiveSmallIntegerField()
    effective_votes = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "engineer"], name="awardplace_once"),
            models.CheckConstraint(
                condition=Q(is_winner=False) | Q(is_shown=True), name="awardplace_winner_is_shown"
            ),
            models.CheckConstraint(
                condition=Q(is_shown=False) | Q(place__isnull=False),
                name="awardplace_shown_has_place",
            ),
        ]
        indexes = [
            # An engineer's awards over time.
            models.Index(fields=["engineer", "award"], name="awardplace_by_engineer"),
        ]
        triggers = [
            pgtrigger.Protect(name="stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    @property
    def person(self) -> Engineer:
        """Who it is today: merged since, or still the one that was ranked."""
        return self.engineer.merged_into or self.engineer

    @property
    def shown_place(self) -> int | None:
        """The place as people read it: winners share the first."""
        return 1 if self.is_winner else self.place


class BucketWinner(models.Model):
    """The project of the week: the feature that holds the Popcorn Bucket (大神)."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="buckets")
    feature = models.ForeignKey(Feature, models.PROTECT, related_name="buckets")
    first_places = models.PositiveIntegerField()
    weighted_first_places = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "feature"], name="bucketwinner_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class Quote(models.Model):
    """What one ballot said of a winning feature, without a name; managers may hide it."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="quotes")
    feature = models.ForeignKey(Feature, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "feature", "position"], name="quote_once"),
        ]
