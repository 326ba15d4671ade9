"""Ballots, every version of them, and the tally."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from community.builds.models import Build, Feature, Install
from community.members.models import Member
from feedback.proposals.models import Proposal


def _at_most(cell: str, most: int) -> Q:
    # Not Django's __len: PostgreSQL reads a check's text at each vote, and this one is short.
    length = Func(F(cell), function="cardinality", output_field=models.IntegerField())
    return Q(LessThanOrEqual(length, most))


class BallotQuerySet(models.QuerySet["Ballot"]):
    def counted(self) -> Self:
        """Ballots that the tally, the report and the award count: the community's, not staff's."""
        return self.filter(is_staff=False)

    def with_verification(self) -> Self:
        """Add ``is_verified``: a device of the voter reported the build in time (已装机)."""
        in_time = Q(build__closed_at=None) | Q(reported_at__lt=F("build__closed_at"))
        installs = Install.objects.filter(
            in_time, build=OuterRef("build_id"), device__member=OuterRef("member_id")
        )
        return self.annotate(is_verified=Exists(installs))


class Ballot(models.Model):
    """One member's four-grid report on one build; the last version counts (四格体验报告).

    Rows are written by the database function ``fourgrid_save_ballot`` alone (domain/ballots.py).
    """

    class Mood(models.IntegerChoices):
        HAPPY = 1, _("happy")
        IN_LOVE = 2, _("in love")
        HOPEFUL = 3, _("hopeful")
        SAD = 4, _("sad")

    build = models.ForeignKey(Build, models.PROTECT, related_name="ballots", db_index=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="ballots")
    mood = models.SmallIntegerField(choices=Mood.choices)
    # In order, the first is the "most"; an empty list is the answer "none".
    loved = ArrayField(models.BigIntegerField(), size=5)
    let_down = ArrayField(models.BigIntegerField(), size=5)
    wishes = ArrayField(models.BigIntegerField(), size=3)
    # A text for each cell ("mood", "loved", …) and each named feature ("feature:12") that has one.
    comments = models.JSONField(default=dict)
    revision = models.IntegerField(default=1)
    first_saved_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    # SHA-256 commitment the member keeps (32 bytes) and its salt (16 bytes).
    receipt = models.BinaryField(max_length=32)
    nonce = models.BinaryField(max_length=16)
    # The voter's segments when the ballot was saved.
    family = models.CharField(max_length=40, blank=True)
    level = models.SmallIntegerField(default=0)
    region = models.CharField(max_length=40, blank=True)
    # Whether the voter worked on a product then: such ballots are counted apart.
    is_staff = models.BooleanField(default=False)

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["build", "member"], name="ballot_once_a_build"),
            models.CheckConstraint(condition=Q(mood__gte=1, mood__lte=4), name="ballot_mood"),
            models.CheckConstraint(
                condition=_at_most("loved", 5) & _at_most("let_down", 5) & _at_most("wishes", 3),
                name="ballot_cells_not_overfull",
            ),
            models.CheckConstraint(
                condition=~Q(loved__overlap=F("let_down")), name="ballot_cells_apart"
            ),
        ]


class BallotVersion(models.Model):
    """A ballot as it was once saved; rows are added, never changed (append-only)."""

    pk = models.CompositePrimaryKey("build_id", "member_id", "revision")
    build = models.ForeignKey(
        Build, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    revision = models.IntegerField()
    mood = models.SmallIntegerField()
    loved = ArrayField(models.BigIntegerField())
    let_down = ArrayField(models.BigIntegerField())
    wishes = ArrayField(models.BigIntegerField())
    comments = models.JSONField()
    saved_at = models.DateTimeField()
    receipt = models.BinaryField(max_length=32)
    nonce = models.BinaryField(max_length=16)


class BallotDraft(models.Model):
    """A half-filled ballot kept on the account, so that another device can go on."""

    build = models.ForeignKey(Build, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    content = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["build", "member"], name="ballotdraft_once"),
        ]


class Tally(models.Model):
    """The counted ballots of one closed build, stored once (计票)."""

    build = models.OneToOneField(Build, models.PROTECT, related_name="tally")
    counted_at = models.DateTimeField()
    # Null: its voters wait for their experience.
    credited_at = models.DateTimeField(null=True, blank=True)
    # Who could have voted when the window closed, staff left out.
    eligible = models.PositiveIntegerField()
    # Ballots counted; those of staff are in none of the other figures.
    ballots = models.PositiveIntegerField()
    verified = models.PositiveIntegerField()
    staff = models.PositiveIntegerField()
    happy = models.PositiveIntegerField()
    in_love = models.PositiveIntegerField()
    hopeful = models.PositiveIntegerField()
    sad = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ballots=F("happy") + F("in_love") + F("hopeful") + F("sad")),
                name="tally_moods_are_all_ballots",
            ),
            models.CheckConstraint(
                condition=Q(verified__lte=F("ballots")), name="tally_verified_within_ballots"
            ),
        ]


class FeatureTally(models.Model):
    """How the ballots of a build judged one of its features (评价)."""

    tally = models.ForeignKey(Tally, models.CASCADE, related_name="features")
    feature = models.OneToOneField(Feature, models.PROTECT, related_name="tally")
    loved_most = models.PositiveIntegerField(default=0)
    loved = models.PositiveIntegerField(default=0)
    let_down = models.PositiveIntegerField(default=0)
    let_down_most = models.PositiveIntegerField(default=0)


class ProposalTally(models.Model):
    """How many ballots of a build wait for one proposal (期待)."""

    tally = models.ForeignKey(Tally, models.CASCADE, related_name="proposals")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="tallies")
    named = models.PositiveIntegerField()
    named_first = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tally", "proposal"], name="proposaltally_once"),
        ]
