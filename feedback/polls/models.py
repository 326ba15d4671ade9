"""Polls, what can be chosen in them, and what members chose."""

from datetime import datetime
from typing import Self

import pgtrigger
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.builds.models import Build
from community.forum.models import Topic
from community.media.models import Picture
from community.members.models import Member

TITLE_LENGTH = 200
OPTION_LENGTH = 120
MOST_POLLS = 5  # in a topic
FEWEST_OPTIONS, MOST_OPTIONS = 2, 30


class PollQuerySet(models.QuerySet["Poll"]):
    def due(self, at: datetime) -> Self:
        """Whose end has come, without a result yet."""
        return self.filter(closed_at=None, closes_at__lte=at)

    def untold(self) -> Self:
        """Closed, to be seen, and nobody was told."""
        return self.filter(closed_at__isnull=False, told_at=None, hidden_at=None)

    def to_show(self) -> Self:
        return self.select_related("topic__board", "made_by", "build__product", "group")


class Poll(models.Model):
    """A question with options, put into a topic (投票)."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("one choice")
        SEVERAL = "several", _("several choices")
        RANKED = "ranked", _("ranked choices")

    class Method(models.TextChoices):
        SCHULZE = "schulze", _("Schulze method")
        RUNOFF = "runoff", _("instant run-off")

    class Eligibility(models.TextChoices):
        EVERYBODY = "everybody", _("every member")
        LEVEL = "level", _("members from a level on")
        VOTED = "voted", _("who filled in the four grids of a build")
        GROUP = "group", _("a group")

    class Results(models.TextChoices):
        ALWAYS = "always", _("always")
        AFTER_VOTE = "after_vote", _("to those who have voted")
        AFTER_CLOSE = "after_close", _("when the poll has closed")

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="polls", db_index=False)
    # Its place among the polls of the topic: 1 to MOST_POLLS.
    place = models.PositiveSmallIntegerField()
    title = models.CharField(_("question"), max_length=TITLE_LENGTH)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    # How rankings are counted; of ranked polls only.
    method = models.CharField(max_length=8, choices=Method.choices, blank=True, default="")
    # How many options one ballot names.
    fewest = models.PositiveSmallIntegerField(default=1)
    most = models.PositiveSmallIntegerField(default=1)
    opens_at = models.DateTimeField()
    # Null: until somebody ends it.
    closes_at = models.DateTimeField(null=True, blank=True)
    eligibility = models.CharField(
        max_length=10, choices=Eligibility.choices, default=Eligibility.EVERYBODY
    )
    level = models.PositiveSmallIntegerField(default=0)
    build = models.ForeignKey(Build, models.PROTECT, null=True, blank=True, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="+")
    results = models.CharField(max_length=12, choices=Results.choices, default=Results.ALWAYS)
    # Nobody learns who chose what; else everybody does who may see results.
    is_secret = models.BooleanField(default=True)
    takes_additions = models.BooleanField(default=False)
    # Null: somebody who has left.
    made_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="polls"
    )
    made_at = models.DateTimeField()
    # The count, stored once with the close: domain.counting.Outcome.
    outcome = models.JSONField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # When its voters were told that it has closed.
    told_at = models.DateTimeField(null=True, blank=True)
    # Taken out of sight by a moderator, votes and all.
    hidden_at = models.DateTimeField(null=True, blank=True)

    objects = PollQuerySet.as_manager()

    class Meta:
        constraints = [
            # Also finds the polls of a topic, in order.
            models.UniqueConstraint(fields=["topic", "place"], name="poll_place_once_in_topic"),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_POLLS), name="poll_few_in_topic"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="poll_has_title"),
            models.CheckConstraint(
                condition=Q(kind="ranked", method__in=["schulze", "runoff"])
                | Q(kind__in=["single", "several"], method=""),
                name="poll_method_of_ranked",
            ),
            models.CheckConstraint(
                condition=Q(fewest__gte=1, fewest__lte=F("most"), most__lte=MOST_OPTIONS),
                name="poll_fewest_within_most",
            ),
            models.CheckConstraint(
                condition=~Q(kind="single") | Q(fewest=1, most=1), name="poll_single_names_one"
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="poll_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome=None)
                | Q(closed_at__isnull=False, outcome__isnull=False),
                name="poll_closed_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(eligibility="everybody", level=0, build=None, group=None)
                | Q(eligibility="level", level__gte=1, level__lte=5, build=None, group=None)
                | Q(eligibility="voted", level=0, build__isnull=False, group=None)
                | Q(eligibility="group", level=0, build=None, group__isnull=False),
                name="poll_eligibility_says_who",
            ),
        ]
        indexes = [
            # What is to be closed.
            models.Index(fields=["closes_at"], condition=Q(closed_at=None), name="poll_not_closed"),
            # Whose voters are to be told.
            models.Index(
                fields=["id"],
                condition=Q(closed_at__isnull=False, told_at=None),
                name="poll_untold",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("polls:detail", args=[self.pk])

    @property
    def is_ranked(self) -> bool:
        return self.kind == self.Kind.RANKED

    def is_open(self, at: datetime) -> bool:
        return self.opens_at <= at and not self.is_over(at)

    def is_over(self, at: datetime) -> bool:
        return self.closed_at is not None or (self.closes_at is not None and self.closes_at <= at)


class Option(models.Model):
    """Something that can be chosen in a poll (选项)."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options", db_index=False)
    place = models.PositiveSmallIntegerField()
    text = models.CharField(_("option"), max_length=OPTION_LENGTH)
    picture = models.ForeignKey(Picture, models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "place"], name="option_place_once_in_poll"),
            models.UniqueConstraint(fields=["poll", "text"], name="option_text_once_in_poll"),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_OPTIONS), name="option_few_in_poll"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="option_has_text"),
        ]

    def __str__(self) -> str:
        return self.text


class PollBallot(models.Model):
    """What one member chose in one poll; changed as a whole until the poll closes (选票)."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="ballots", db_index=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="poll_ballots")
    # Counts every change, also taking it back: a ballot without choices.
    revision = models.PositiveIntegerField(default=0)
    first_saved_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "member"], name="pollballot_once_a_poll"),
        ]


class Choice(models.Model):
    """An option a ballot names; in ranked polls rank 1 is liked best."""

    ballot = models.ForeignKey(PollBallot, models.CASCADE, related_name="choices", db_index=False)
    option = models.ForeignKey(Option, models.CASCADE, related_name="choices")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "rank"], name="choice_rank_once"),
            models.UniqueConstraint(fields=["ballot", "option"], name="choice_option_once"),
            models.CheckConstraint(
                condition=Q(rank__gte=1, rank__lte=MOST_OPTIONS), name="choice_rank_from_one"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="of_its_poll",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                IF NOT EXISTS (
                    SELECT FROM polls_option AS option
                      JOIN polls_pollballot AS ballot ON ballot.poll_id = option.poll_id
                     WHERE option.id = NEW.option_id AND ballot.id = NEW.ballot_id
                ) THEN
                    RAISE EXCEPTION 'The option is not of this poll.' USING ERRCODE = '23514';
                END IF;
                RETURN NEW;
            """,
            )
        ]
