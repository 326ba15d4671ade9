"""Medals, their stages, and who was granted them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community.members.models import Member


class Medal(models.Model):
    """Something to be proud of, in one stage or in several (勋章)."""

    class Icon(models.TextChoices):
        GRID = "grid", _("four grids")
        WISH = "wish", _("light bulb")
        POPCORN = "popcorn", _("popcorn")
        STAR = "star", _("star")
        HEART = "heart", _("heart")

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=60)
    name_zh = models.CharField(max_length=60)
    # How it is earned.
    description = models.CharField(max_length=200)
    description_zh = models.CharField(max_length=200)
    icon = models.CharField(max_length=8, choices=Icon.choices, default=Icon.STAR)
    # Earned by what honours.medals knows under the slug; else admins give it by hand.
    is_by_rule = models.BooleanField(default=False, editable=False)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(name_zh=""), name="medal_has_names"),
        ]

    def __str__(self) -> str:
        return self.name_zh if _is_chinese() else self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('honours:medals')}#{self.slug}"

    @property
    def how(self) -> str:
        return self.description_zh if _is_chinese() else self.description


class MedalStage(models.Model):
    """A stage of a medal: 4, 12 and 52 weeks; a medal of one stage has the number 1."""

    medal = models.ForeignKey(Medal, models.PROTECT, related_name="stages")
    number = models.PositiveIntegerField(_("stage"), default=1)
    # Derived from the grants; honours.domain.medals.recount rebuilds them.
    holders = models.PositiveIntegerField(default=0, editable=False)
    # Of all members.
    share = models.FloatField(default=0, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["medal", "number"], name="medalstage_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="medalstage_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.medal} {self.number}" if self.number > 1 else str(self.medal)


class MedalGrant(models.Model):
    """A member holds a stage of a medal; rows are added, never changed (append-only)."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    stage = models.ForeignKey(MedalStage, models.PROTECT, related_name="grants")
    granted_at = models.DateTimeField()
    # By hand: who gave it, and for what.
    given_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reason = models.CharField(_("for what"), max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            # The medals of a member, too.
            models.UniqueConstraint(fields=["member", "stage"], name="medalgrant_once_a_stage"),
            models.CheckConstraint(
                condition=Q(given_by=None) | ~Q(reason=""), name="medalgrant_by_hand_says_why"
            ),
        ]


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")
