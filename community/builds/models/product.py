"""Products: what ships weekly, by whose calendar."""

from decimal import Decimal

from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.builds.models import triggers
from community.members.models import Member


class ProductQuerySet(models.QuerySet["Product"]):
    def managed_by(self, user: Member | AnonymousUser) -> "ProductQuerySet":
        """The products somebody looks after; an admin looks after all."""
        if not isinstance(user, Member) or not user.is_active:
            return self.none()
        return self if user.is_superuser else self.filter(managers=user)


class Product(models.Model):
    """What ships weekly; it has its own calendar, managers and devices (产品)."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=60)
    tagline = models.CharField(_("tagline"), max_length=120, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    # Edges of the week that differ from builds.domain.calendar.WEEK: {"publish": [0, "18:00"]}.
    calendar = models.JSONField(default=dict, blank=True)
    managers = models.ManyToManyField(Member, related_name="managed_products", blank=True)

    # Who may vote on this product's builds.
    requires_verified_install = models.BooleanField(
        _("only members whose device runs the build may vote"), default=False
    )
    requires_older_account = models.BooleanField(
        _("only accounts older than the build may vote"), default=False
    )

    # The knobs of the Popcorn Award; copied into every award they were used for.
    award_bucket_minimum = models.PositiveIntegerField(default=100)
    award_shrinkage = models.DecimalField(
        max_digits=4, decimal_places=2, default=Decimal("0.50"), validators=[MinValueValidator(0)]
    )
    award_co_winner_at = models.DecimalField(
        max_digits=3,
        decimal_places=2,
        default=Decimal("0.30"),
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    award_floor_votes = models.PositiveIntegerField(default=30)
    award_floor_share = models.DecimalField(max_digits=4, decimal_places=3, default=Decimal("0.01"))
    # Four points, from let_down_most up to loved_most; empty for the usual ones.
    award_joy_points = models.JSONField(default=list, blank=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(award_co_winner_at__gte=0, award_co_winner_at__lte=1),
                name="product_co_winner_is_probability",
            ),
            models.CheckConstraint(
                condition=Q(award_shrinkage__gt=0), name="product_shrinkage_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(award_floor_share__gte=0, award_floor_share__lte=1),
                name="product_floor_is_share",
            ),
            models.CheckConstraint(
                condition=Q(award_floor_votes__gte=1), name="product_floor_is_a_vote"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="product_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ProductDevice(models.Model):
    """A device family this product runs on (机型)."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="devices")
    family = models.CharField(_("device family"), max_length=40)
    # Its part of the installed base as it stands now; each build keeps its own copy.
    share = models.DecimalField(
        _("share of the installed base"), max_digits=5, decimal_places=4, null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "family"], name="productdevice_once"),
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=1) | Q(share=None),
                name="productdevice_share_is_share",
            ),
        ]
        triggers = [triggers.shares_sum]

    def __str__(self) -> str:
        return self.family
