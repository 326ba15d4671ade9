"""The gift wall: photographs of what members gave to those who build for them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.builds.models import Engineer, Product
from community.media.models import Picture
from community.members.models import Member

WORDS_LENGTH = 500
THANKS_LENGTH = 200


class GiftQuerySet(models.QuerySet["Gift"]):
    def visible(self) -> Self:
        """What everybody sees; an engineer who opted out of a page is not on the wall either."""
        shown = self.filter(hidden_at=None, held_at=None, withdrawn_at=None)
        return shown.exclude(engineer__is_hidden=True)

    def for_engineer(self, engineer: Engineer) -> Self:
        """Also what was given under a name that is read as theirs since."""
        return self.filter(Q(engineer=engineer) | Q(engineer__merged_into=engineer))

    def with_people(self) -> Self:
        return self.select_related("member", "engineer__member", "product", "picture")


class Gift(models.Model):
    """A photograph of a gift, and whom it was for: an engineer, or a product's team (礼物)."""

    # Null: somebody who has left.
    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    engineer = models.ForeignKey(
        Engineer, models.PROTECT, null=True, blank=True, related_name="gifts", db_index=False
    )
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="gifts", db_index=False
    )
    # Without its photograph it is no gift for this wall.
    picture = models.ForeignKey(Picture, models.CASCADE, related_name="+")
    words = models.TextField(gettext_lazy("words"), max_length=WORDS_LENGTH)
    created_at = models.DateTimeField()
    submission_key = models.UUIDField(null=True, blank=True)
    # Three ways to be out of sight: by a moderator, until approved, by its giver.
    hidden_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # Whom it was for said thanks, with or without words.
    thanked_at = models.DateTimeField(null=True, blank=True)
    thanks = models.CharField(max_length=THANKS_LENGTH, blank=True, default="")

    objects = GiftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(engineer__isnull=False, product=None)
                | Q(engineer=None, product__isnull=False),
                name="gift_for_an_engineer_or_a_team",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="gift_has_words"),
            models.CheckConstraint(
                condition=Q(thanks="") | Q(thanked_at__isnull=False),
                name="gift_thanked_at_a_moment",
            ),
            models.UniqueConstraint(
                fields=["member", "submission_key"], name="gift_submitted_once"
            ),
        ]
        indexes = [
            # The wall of an engineer, of a team, and what a member gave.
            models.Index(fields=["engineer", "-id"], name="gift_by_engineer"),
            models.Index(fields=["product", "-id"], name="gift_by_product"),
            models.Index(fields=["member", "-id"], name="gift_by_member"),
        ]

    def __str__(self) -> str:
        return _("A gift for %(receiver)s") % {"receiver": self.receiver}

    def get_absolute_url(self) -> str:
        return reverse("gifts:detail", args=[self.pk])

    @property
    def receiver(self) -> str:
        """Whom it was for, as readers call them."""
        if self.engineer:
            return str(self.engineer)
        return _("the team of %(product)s") % {"product": self.product}

    @property
    def is_visible(self) -> bool:
        is_opted_out = self.engineer is not None and self.engineer.is_hidden
        out_of_sight = self.hidden_at or self.held_at or self.withdrawn_at
        return not out_of_sight and not is_opted_out
