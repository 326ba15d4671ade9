"""Features and credits: one change, and who built which share of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.builds.models import triggers
from community.builds.models.build import Build
from community.builds.models.engineer import Engineer
from community.forum.models import Topic


class Feature(models.Model):
    """One change in a build (更新)."""

    class Kind(models.TextChoices):
        FEATURE = "feature", _("new")
        IMPROVEMENT = "improvement", _("improved")
        FIX = "fix", _("fixed")
        SECURITY = "security", _("security")
        DOCS = "docs", _("documentation")
        MAINTENANCE = "maintenance", _("under the hood")

    build = models.ForeignKey(Build, models.CASCADE, related_name="features")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=300)
    body = models.TextField(_("description"), blank=True, max_length=5000)
    area = models.CharField(_("area"), max_length=60, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.FEATURE)
    references = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    # Stable key of an imported line: a second import finds its feature again.
    fingerprint = models.CharField(max_length=64, blank=True)
    topic = models.ForeignKey(
        Topic, models.SET_NULL, null=True, blank=True, related_name="features"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["build", "position"],
                name="feature_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["build", "fingerprint"],
                condition=~Q(fingerprint=""),
                name="feature_imported_once",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="feature_has_title"),
        ]
        indexes = [
            # One area followed through the weeks.
            models.Index(fields=["area", "build"], name="feature_by_area"),
        ]
        triggers = [triggers.frozen_features]

    def __str__(self) -> str:
        return self.title

    @property
    def builders(self) -> list[Engineer]:
        """Who built it, each once, largest share first, merges followed.

        Prefetch ``credits__engineer__merged_into``.
        """
        signed = sorted(self.credits.all(), key=lambda credit: (-credit.share, credit.pk))
        return list(
            dict.fromkeys(credit.engineer.merged_into or credit.engineer for credit in signed)
        )


class Credit(models.Model):
    """An engineer's share of one feature; the shares of a feature sum to 1 (署名)."""

    feature = models.ForeignKey(Feature, models.CASCADE, related_name="credits")
    # As signed: a later merge of engineers is followed when reading, never written here.
    engineer = models.ForeignKey(Engineer, models.PROTECT, related_name="credits")
    share = models.DecimalField(max_digits=5, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feature", "engineer"], name="credit_once_a_feature"),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=1), name="credit_share_is_share"
            ),
        ]
        triggers = [triggers.frozen_credits]

    def __str__(self) -> str:
        return f"{self.engineer} {self.share}"
