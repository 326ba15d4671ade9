"""Awards as they were computed, announced and corrected."""

from collections.abc import Iterable
from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from community.builds.models import Build
from community.forum.models import Topic
from community.members.models import Member


class AwardQuerySet(models.QuerySet["Award"]):
    def newest(self) -> "AwardQuerySet":
        """Only the newest revision of each build."""
        later = Award.objects.filter(build=OuterRef("build"), revision__gt=OuterRef("revision"))
        return self.filter(~Exists(later))

    def announced(self) -> "AwardQuerySet":
        """The newest announced revision of each build: what holds today."""
        later = Award.objects.filter(
            build=OuterRef("build"), revision__gt=OuterRef("revision"), state=Award.State.ANNOUNCED
        )
        return self.filter(~Exists(later), state=Award.State.ANNOUNCED)

    def light(self) -> "AwardQuerySet":
        """Without what was computed: for lists of weeks."""
        return self.defer("result", "parameters")

    def known_to_managers_of(self, products: Iterable[int]) -> "AwardQuerySet":
        """What is out, its earlier revisions too (a correction hides none), and all of theirs."""
        out = Award.objects.filter(
            build=OuterRef("build"), revision__gte=OuterRef("revision"), state=Award.State.ANNOUNCED
        )
        return self.filter(Q(Exists(out)) | Q(build__product__in=products))

    def due(self, at: datetime) -> "AwardQuerySet":
        """Computed awards whose hour has come and that nobody withholds."""
        return self.newest().filter(state=Award.State.COMPUTED, build__award_at__lte=at)


class Award(models.Model):
    """The Popcorn Award of one build, computed once (爆米花奖); a correction is a new row."""

    class State(models.TextChoices):
        COMPUTED = "computed", _("computed")
        ANNOUNCED = "announced", _("announced")
        WITHHELD = "withheld", _("withheld")

    build = models.ForeignKey(Build, models.PROTECT, related_name="awards")
    # 1 is the award as first computed; each correction counts up and says why.
    revision = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.COMPUTED)
    state_reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    computed_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True, blank=True)
    topic = models.OneToOneField(
        Topic, models.SET_NULL, null=True, blank=True, related_name="congratulated_award"
    )
    # What was computed; shape in popcorn.domain.bundle.result_fields.
    result = models.JSONField()
    parameters = models.JSONField()
    code_version = models.CharField(max_length=40)
    ballot_count = models.PositiveIntegerField()
    # How much of all voters' weight coordination took away, 0 to 1.
    discounted_weight = models.FloatField()
    # The seal: SHA-256 of the inputs, Merkle roots, Ed25519.
    digest = models.BinaryField(max_length=32)
    ballots_root = models.BinaryField(max_length=32)
    receipts_root = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)
    public_key = models.BinaryField(max_length=32)
    bundle_size = models.PositiveBigIntegerField()

    objects = AwardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["build", "revision"], name="award_revision_once"),
            models.CheckConstraint(
                condition=Q(revision=1) | Q(revision__gt=1) & ~Q(reason=""),
                name="award_correction_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="withheld") | ~Q(state_reason=""),
                name="award_withheld_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="announced", announced_at__isnull=False)
                | ~Q(state="announced") & Q(announced_at=None),
                name="award_announced_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(discounted_weight__gte=0, discounted_weight__lt=1),
                name="award_discount_is_share",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
            # What was computed is never edited: a correction is a new row.
            pgtrigger.Protect(
                name="computed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    exclude=["state", "state_reason", "decided_by", "announced_at", "topic"]
                ),
            ),
            # What is out stays out; who decided it may be forgotten with the account.
            pgtrigger.Protect(
                name="announced_stands",
                operation=pgtrigger.UpdateOf("state", "state_reason", "announced_at"),
                condition=pgtrigger.Q(old__state="announced"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.build_id}.{self.revision}"

    @property
    def is_same_without_discount(self) -> bool:
        """Whether bucket and winners would be the same if every ballot had its full weight."""
        return bool(self.result["outcome"] == self.result["without_discount"])
