"""Experience: the rules that give it, each gift of it, what it adds up to, and who leads."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.members.models import Member

# Experience that a level begins with, from level 1 on (the database function knows them too).
LEVELS = (50, 200, 500, 1000, 3000)


class Rule(models.Model):
    """How much a deed gives from a moment on; a change is a new version (积分规则)."""

    name = models.CharField(_("rule"), max_length=20)
    version = models.PositiveSmallIntegerField(_("version"))
    amount = models.PositiveIntegerField(_("experience"))
    # At most so much in a day (of the site's time zone); null: no limit.
    daily_cap = models.PositiveIntegerField(_("most in a day"), null=True, blank=True)
    starts_at = models.DateTimeField(_("in force from"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="rule_version_once"),
            models.CheckConstraint(condition=Q(amount__gte=1), name="rule_gives_something"),
            models.CheckConstraint(
                condition=Q(daily_cap=None) | Q(daily_cap__gte=F("amount")),
                name="rule_cap_lets_one_through",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Entry(models.Model):
    """One gift of experience, or what takes it back; rows are added, never changed (append-only).

    A trigger adds each to its member's balance and level in the same statement.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    rule = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    # What it was given for: "build:12", "topic:7".
    source = models.CharField(max_length=60)
    amount = models.IntegerField()
    at = models.DateTimeField()
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversal"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "rule", "source"],
                condition=Q(reverses=None),
                name="entry_once_for_a_source",
            ),
            models.CheckConstraint(
                condition=Q(reverses=None, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                name="entry_gives_or_takes_back",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="entry_has_a_source"),
        ]
        indexes = [
            # "Why do I have this?", newest first.
            models.Index(fields=["member", "-id"], name="entry_by_member"),
            # What was earned since a moment, and the cap of a day.
            models.Index(fields=["at", "member"], name="entry_by_moment"),
            # Gifts for one thing, to take them back.
            models.Index(fields=["rule", "source"], name="entry_by_source"),
        ]


class Balance(models.Model):
    """What a member's entries add up to; kept by a trigger, so nothing else writes it."""

    member = models.OneToOneField(Member, models.PROTECT, primary_key=True, related_name="+")
    experience = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(experience__gte=0), name="balance_not_negative"),
        ]
        indexes = [
            # The leaderboard of all time.
            models.Index(fields=["-experience"], name="balance_by_experience"),
        ]


class Place(models.Model):
    """A row of a leaderboard as it was last worked out; derived from the entries (排行榜)."""

    board = models.CharField(max_length=12)
    region = models.CharField(max_length=40, blank=True)
    # The same for the same experience: after two firsts comes the third.
    place = models.PositiveIntegerField()
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    experience = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["board", "region", "member"], name="place_once_on_a_board"
            ),
        ]
        indexes = [
            # A board from the top.
            models.Index(fields=["board", "region", "place", "id"], name="place_by_board"),
        ]
