"""Builds: one weekly release, its state and every edge of its week."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.builds.models import triggers
from community.builds.models.product import Product
from community.forum.models import Topic
from community.members.models import Member

# A build that went out within this time of its hour was on time.
PUNCTUAL = timedelta(minutes=1)
# Edges in their order; see builds.domain.calendar for what each one is.
ONE_AFTER_THE_OTHER = (
    ("wishes_open_at", "wishes_close_at"),
    ("wishes_close_at", "plan_due_at"),
    ("plan_due_at", "freeze_at"),
    ("freeze_at", "inner_test_at"),
    ("inner_test_at", "publish_at"),
    ("publish_at", "slot_turns_at"),
    ("slot_turns_at", "reminder_at"),
    ("reminder_at", "ballots_close_at"),
    ("tally_at", "award_at"),
    ("award_at", "slot_returns_at"),
)


class BuildQuerySet(models.QuerySet["Build"]):
    def public(self) -> "BuildQuerySet":
        """Builds anybody may read: they went out once."""
        return self.filter(published_at__isnull=False)

    def open_for_ballots(self, at: datetime) -> "BuildQuerySet":
        return self.filter(
            state=Build.State.PUBLISHED, ballots_open_at__lte=at, ballots_close_at__gt=at
        )

    def due_to_publish(self, at: datetime) -> "BuildQuerySet":
        return self.filter(state=Build.State.SCHEDULED, publish_at__lte=at, is_held=False)

    def due_to_close(self, at: datetime) -> "BuildQuerySet":
        return self.filter(state=Build.State.PUBLISHED, ballots_close_at__lte=at)

    def due_to_freeze(self, at: datetime) -> "BuildQuerySet":
        return self.filter(state=Build.State.SCHEDULED, freeze_at__lte=at, frozen_at=None)

    def voted_to_the_end(self) -> "BuildQuerySet":
        """Builds whose window closed by itself: those get a tally, a report and an award."""
        return self.filter(state__in=[Build.State.CLOSED, Build.State.AWARDED])


class Build(models.Model):
    """One weekly release: number, version, channel, notes, files (版本)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("scheduled")
        PUBLISHED = "published", _("published")
        CLOSED = "closed", _("closed")
        AWARDED = "awarded", _("awarded")
        CANCELLED = "cancelled", _("cancelled")
        RECALLED = "recalled", _("recalled")

    class Channel(models.TextChoices):
        WEEKLY = "weekly", _("weekly")
        DAILY = "daily", _("daily inner test")
        STABLE = "stable", _("monthly stable")

    class ResultRule(models.TextChoices):
        AFTER_VOTING = "after_voting", _("rough results once a member has voted, exact after close")
        AFTER_CLOSE = "after_close", _("nothing before the window closes")

    product = models.ForeignKey(Product, models.PROTECT, related_name="builds")
    # Counts builds of a channel, not weeks.
    number = models.PositiveIntegerField()
    version = models.CharField(_("version"), max_length=60)
    # The address: the version when it is free on this site, else product-version.
    slug = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.WEEKLY)
    notes = models.TextField(_("notes"), blank=True, max_length=50_000)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    state_reason = models.CharField(max_length=300, blank=True)
    is_held = models.BooleanField(default=False)
    topic = models.OneToOneField(
        Topic, models.SET_NULL, null=True, blank=True, related_name="announced_build"
    )
    created_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    # The rules of the vote; fixed when the build is published.
    result_rule = models.CharField(
        max_length=12, choices=ResultRule.choices, default=ResultRule.AFTER_VOTING
    )
    requires_verified_install = models.BooleanField(default=False)
    requires_older_account = models.BooleanField(default=False)

    # The week (product.md §2): each edge can be moved until it is reached. Null in a draft.
    release_on = models.DateField(_("release day"), null=True, blank=True)
    wishes_open_at = models.DateTimeField(_("wish round opens"), null=True, blank=True)
    wishes_close_at = models.DateTimeField(_("wish round closes"), null=True, blank=True)
    plan_due_at = models.DateTimeField(_("plan is due"), null=True, blank=True)
    freeze_at = models.DateTimeField(_("change list is frozen"), null=True, blank=True)
    inner_test_at = models.DateTimeField(_("inner test begins"), null=True, blank=True)
    publish_at = models.DateTimeField(_("build goes out"), null=True, blank=True)
    ballots_open_at = models.DateTimeField(_("ballots open"), null=True, blank=True)
    slot_turns_at = models.DateTimeField(
        _("first slot turns to the four-grid report"), null=True, blank=True
    )
    reminder_at = models.DateTimeField(_("reminder to vote"), null=True, blank=True)
    ballots_close_at = models.DateTimeField(_("ballots close"), null=True, blank=True)
    tally_at = models.DateTimeField(_("tally and vote report"), null=True, blank=True)
    award_at = models.DateTimeField(_("Popcorn Award"), null=True, blank=True)
    slot_returns_at = models.DateTimeField(
        _("first slot returns to Orange Friday"), null=True, blank=True
    )

    # What really happened.
    frozen_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    extended_at = models.DateTimeField(null=True, blank=True)

    objects = BuildQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "version"], name="build_version_once"),
            models.UniqueConstraint(
                fields=["product", "channel", "number"], name="build_number_once"
            ),
            models.UniqueConstraint(
                fields=["product", "channel", "release_on"],
                condition=~Q(state="cancelled"),
                name="build_once_a_release_day",
            ),
            models.CheckConstraint(condition=~Q(version=""), name="build_has_version"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"])
                | Q(
                    publish_at__isnull=False,
                    ballots_open_at__isnull=False,
                    ballots_close_at__isnull=False,
                    award_at__isnull=False,
                ),
                name="build_out_of_draft_has_a_week",
            ),
            models.CheckConstraint(
                condition=Q(ballots_open_at__lt=F("ballots_close_at"))
                | Q(ballots_open_at=None)
                | Q(ballots_close_at=None),
                name="build_window_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=Q(tally_at__gte=F("ballots_close_at")) | Q(tally_at=None),
                name="build_tally_after_close",
            ),
            # Once it is out, ballots_open_at is what really happened and publish_at what was meant.
            models.CheckConstraint(
                condition=Q(ballots_open_at__gte=F("publish_at"))
                | Q(ballots_open_at=None)
                | Q(publish_at=None)
                | Q(published_at__isnull=False),
                name="build_ballots_open_after_publish",
            ),
            *(
                models.CheckConstraint(
                    condition=Q((f"{later}__gt", F(earlier)))
                    | Q((earlier, None))
                    | Q((later, None)),
                    name=f"build_{later.removesuffix('_at')}_after_{earlier.removesuffix('_at')}",
                )
                for earlier, later in ONE_AFTER_THE_OTHER
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "closed", "awarded", "recalled"])
                | Q(published_at__isnull=False, frozen_at__isnull=False),
                name="build_public_was_published",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "awarded"]) | Q(closed_at__isnull=False),
                name="build_closed_has_moment",
            ),
        ]
        indexes = [
            # What is due (builds.domain.week.advance) and what waits for a tally or an award.
            models.Index(fields=["state", "publish_at"], name="build_by_state"),
            # The archive and "this week's build".
            models.Index(fields=["product", "-published_at"], name="build_archive"),
        ]
        triggers = [
            triggers.state_moves,
            triggers.change_list_complete,
            triggers.published_stands,
        ]

    def __str__(self) -> str:
        return self.version

    def is_open_for_ballots(self, at: datetime) -> bool:
        return (
            self.state == self.State.PUBLISHED
            and self.ballots_open_at is not None
            and self.ballots_close_at is not None
            and self.ballots_open_at <= at < self.ballots_close_at
        )

    @property
    def late_by(self) -> timedelta:
        """How long after its hour the build went out; zero when it was on time or early."""
        if self.published_at is None or self.publish_at is None:
            return timedelta()
        late = self.published_at - self.publish_at
        return late if late > PUNCTUAL else timedelta()


class BuildFile(models.Model):
    """Something to download, named by its SHA-256 (下载)."""

    build = models.ForeignKey(Build, models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    url = models.URLField(max_length=500)
    sha256 = models.CharField(max_length=64)
    byte_count = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["build", "name"], name="buildfile_name_once"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="buildfile_sha256_is_hex"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class KnownIssue(models.Model):
    """Something the team already knows is wrong with a build (已知问题)."""

    build = models.ForeignKey(Build, models.CASCADE, related_name="known_issues")
    text = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.text


class InstalledShare(models.Model):
    """How much of a build's installed base one device family is; sums to 1 over a build."""

    build = models.ForeignKey(Build, models.CASCADE, related_name="installed_shares")
    family = models.CharField(max_length=40)
    share = models.DecimalField(max_digits=5, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["build", "family"], name="installedshare_once"),
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=1), name="installedshare_is_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family} {self.share}"
