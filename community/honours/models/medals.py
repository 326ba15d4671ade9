"""Medals, their stages, who was granted them, and who asks for one."""

from datetime import datetime
from typing import Self

import pgtrigger
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
    is_by_application = models.BooleanField(
        _("members apply for it"), default=False, db_default=False
    )
    # Null: for ever.
    lasts_days = models.PositiveSmallIntegerField(_("lasts so many days"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(name_zh=""), name="medal_has_names"),
            # What a rule counts does not go down again, and nobody is asked.
            models.CheckConstraint(
                condition=Q(is_by_rule=False) | Q(is_by_application=False, lasts_days=None),
                name="medal_by_rule_stays",
            ),
            models.CheckConstraint(
                condition=Q(lasts_days=None) | Q(lasts_days__gte=1), name="medal_lasts_a_day"
            ),
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


# What may be said of a grant later, once; all else stays as it was granted.
_LATER = "ended_at ended_by_id end_reason"
_SAME = " - ".join(["to_jsonb({row})", *(f"'{column}'" for column in _LATER.split())])


class MedalGrantQuerySet(models.QuerySet["MedalGrant"]):
    def held(self, at: datetime) -> Self:
        """Neither taken back nor run out."""
        return self.filter(ended_at=None).exclude(expires_at__lte=at)

    def run_out(self, at: datetime) -> Self:
        return self.filter(ended_at=None, expires_at__lte=at)


class MedalGrant(models.Model):
    """A member holds a stage of a medal, until it runs out or staff take it back."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    stage = models.ForeignKey(MedalStage, models.PROTECT, related_name="grants")
    granted_at = models.DateTimeField()
    # By hand: who gave it, and for what.
    given_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reason = models.CharField(_("for what"), max_length=200, blank=True, default="")
    expires_at = models.DateTimeField(null=True, blank=True)
    # When it ran out, or who took it back and why.
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    end_reason = models.CharField(_("why"), max_length=200, blank=True, default="", db_default="")

    objects = MedalGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            # The medals of a member, too.
            models.UniqueConstraint(
                fields=["member", "stage"],
                condition=Q(ended_at=None),
                name="medalgrant_held_once",
            ),
            models.CheckConstraint(
                condition=Q(given_by=None) | ~Q(reason=""), name="medalgrant_by_hand_says_why"
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None) | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="medalgrant_taken_back_says_why",
            ),
        ]
        indexes = [
            # What runs out next.
            models.Index(
                fields=["expires_at"],
                condition=Q(ended_at=None, expires_at__isnull=False),
                name="medalgrant_running_out",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="medalgrant_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL
                       AND {_SAME.format(row="OLD")} = {_SAME.format(row="NEW")} THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'medals are only ever added, and end once'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'medalgrant_stands';
                """,
            ),
        ]


class MedalApplication(models.Model):
    """A member asks for a medal in their own words; staff decide in the queue (勋章申请)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a decision")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("not granted")

    member = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    stage = models.ForeignKey(MedalStage, models.PROTECT, related_name="+")
    words = models.CharField(_("why you"), max_length=1000)
    applied_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    # What the member is told.
    answer = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "stage"],
                condition=Q(state="waiting"),
                name="medalapplication_one_waits",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="medalapplication_says_why"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="medalapplication_decided_at_a_moment",
            ),
        ]
        indexes = [
            # What a member asked for, newest first.
            models.Index(fields=["member", "-applied_at"], name="medalapplication_by_member"),
        ]


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")
