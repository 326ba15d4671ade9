"""Where and when members want to hear of what, and what admins allow."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.members.models import Member


class Channel(models.TextChoices):
    SITE = "site", _("On the site")
    EMAIL = "email", _("By e-mail")
    PUSH = "push", _("Push")


class Choice(models.Model):
    """Whether a member wants a kind on a channel; where they chose nothing, the default holds."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    is_on = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "channel"], name="choice_once"),
        ]


class KindRule(models.Model):
    """What admins decide of a kind on a channel: whether it may be, and is when nobody chose."""

    kind = models.CharField(_("kind"), max_length=40)
    channel = models.CharField(_("channel"), max_length=5, choices=Channel.choices)
    is_allowed = models.BooleanField(_("members may have it"), default=True)
    is_default = models.BooleanField(_("on unless a member chose otherwise"), default=False)

    class Meta:
        verbose_name = _("rule of a kind of notice")
        verbose_name_plural = _("rules of kinds of notices")
        constraints = [
            models.UniqueConstraint(fields=["kind", "channel"], name="kindrule_once"),
            models.CheckConstraint(
                condition=Q(is_allowed=True) | Q(is_default=False), name="kindrule_default_allowed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.channel}"


class Ceiling(models.Model):
    """What no member gets more of; one row."""

    mails_a_day = models.PositiveSmallIntegerField(_("mails to a member a day"), default=30)

    class Meta:
        verbose_name = verbose_name_plural = _("ceiling of mails")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="ceiling_one_row"),
        ]

    def __str__(self) -> str:
        return str(self.mails_a_day)


class RhythmQuerySet(models.QuerySet["Rhythm"]):
    def due(self, at: datetime) -> Self:
        """Whose digest's hour has come."""
        return self.filter(digest_at__lte=at)


class Rhythm(models.Model):
    """When a member wants to be left alone, and when to get a digest; in their time zone."""

    class Digest(models.TextChoices):
        OFF = "off", _("never")
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("every Monday")

    member = models.OneToOneField(
        Member, models.CASCADE, primary_key=True, related_name="notice_rhythm"
    )
    # False: no mail at all, whatever the matrix says.
    wants_mail = models.BooleanField(_("send me mail"), default=True)
    # [from, until) by the member's clock, over midnight if from is later.
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("until"), null=True, blank=True)
    digest = models.CharField(_("digest"), max_length=6, choices=Digest.choices, default=Digest.OFF)
    digest_hour = models.PositiveSmallIntegerField(_("at what hour"), default=8)
    # When the next one is due; what the last one told of is before digested_at.
    digest_at = models.DateTimeField(null=True, editable=False)
    digested_at = models.DateTimeField(null=True, editable=False)

    objects = RhythmQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="rhythm_quiet_has_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(quiet_from=None) | ~Q(quiet_from=F("quiet_until")),
                name="rhythm_quiet_ends",
            ),
            models.CheckConstraint(condition=Q(digest_hour__lte=23), name="rhythm_hour_exists"),
            models.CheckConstraint(
                condition=Q(digest="off", digest_at=None)
                | (~Q(digest="off") & Q(digest_at__isnull=False)),
                name="rhythm_digest_is_due_some_time",
            ),
        ]
        indexes = [
            # Digests that are due.
            models.Index(
                fields=["digest_at"],
                condition=Q(digest_at__isnull=False),
                name="rhythm_by_digest",
            ),
        ]


class MailCount(models.Model):
    """How many mails a member was sent on a day (UTC)."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    on = models.DateField()
    count = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "on"], name="mailcount_once_a_day"),
        ]
