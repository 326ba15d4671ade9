"""Awards as they were computed, announced and corrected."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.builds.models import Build, Engineer, Feature
from community.forum.models import Topic
from community.members.models import Member


class PseudonymKey(models.Model):
    """The key that turns voters into a build's pseudonyms; deleted when the award is final."""

    build = models.OneToOneField(Build, models.CASCADE, related_name="+")
    key = models.BinaryField(max_length=32)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.build_id}"


class Award(models.Model):
    """The Popcorn Award of one build, computed once (爆米花奖); a correction is a new row."""

    class State(models.TextChoices):
        COMPUTED = "computed", _("computed")
        ANNOUNCED = "announced", _("announced")
        WITHHELD = "withheld", _("withheld")

    build = models.ForeignKey(Build, models.PROTECT, related_name="awards")
    # 1 is the award as computed; each correction counts up and says why.
    revision = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.COMPUTED)
    state_reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    computed_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True, blank=True)
    # Everything a page shows; shape in popcorn.domain.score.
    result = models.JSONField()
    parameters = models.JSONField()
    code_version = models.CharField(max_length=40)
    digest = models.BinaryField(max_length=32)
    ballots_root = models.BinaryField(max_length=32)
    receipts_root = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)
    public_key = models.BinaryField(max_length=32)
    ballot_count = models.PositiveIntegerField()
    topic = models.OneToOneField(
        Topic, models.SET_NULL, null=True, blank=True, related_name="congratulated_award"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["build", "revision"], name="award_revision_once"),
            models.CheckConstraint(
                condition=Q(revision=1) | ~Q(reason=""), name="award_correction_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="withheld") | ~Q(state_reason=""),
                name="award_withheld_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="announced") | Q(announced_at__isnull=False),
                name="award_announced_has_moment",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
            # What was computed is never edited: a correction is a new row.
            pgtrigger.Protect(
                name="computed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "build",
                    "revision",
                    "reason",
                    "computed_at",
                    "result",
                    "parameters",
                    "code_version",
                    "digest",
                    "ballots_root",
                    "receipts_root",
                    "signature",
                    "public_key",
                    "ballot_count",
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.build_id}.{self.revision}"


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
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("asked_by")),
                name="discountoverride_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="discountoverride_confirmed_at_a_moment",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="discountoverride_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.first} + {self.second}"


class AwardBundle(models.Model):
    """The file anybody can download and verify, byte for byte."""

    award = models.OneToOneField(Award, models.CASCADE, related_name="bundle")
    content = models.BinaryField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.award_id}"


class AwardPlace(models.Model):
    """An engineer's place in one award's ranking (名次)."""

    award = models.ForeignKey(Award, models.CASCADE, related_name="places")
    engineer = models.ForeignKey(Engineer, models.PROTECT, related_name="award_places")
    # Null: not eligible this week.
    place = models.PositiveSmallIntegerField(null=True)
    is_winner = models.BooleanField()
    is_hidden_kernel = models.BooleanField(default=False)
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
                condition=Q(is_winner=False) | Q(place__isnull=False),
                name="awardplace_winner_has_place",
            ),
        ]
        indexes = [
            # An engineer's awards over time.
            models.Index(fields=["engineer", "award"], name="awardplace_by_engineer"),
        ]

    def __str__(self) -> str:
        return f"{self.award_id}/{self.engineer_id}"


class BucketWinner(models.Model):
    """The project of the week: the feature that holds the Popcorn Bucket (大神)."""

    award = models.ForeignKey(Award, models.CASCADE, related_name="buckets")
    feature = models.ForeignKey(Feature, models.PROTECT, related_name="buckets")
    first_places = models.PositiveIntegerField()
    weighted_first_places = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "feature"], name="bucketwinner_once"),
        ]

    def __str__(self) -> str:
        return f"{self.award_id}/{self.feature_id}"
