"""Wish rounds and their votes: a row for each vote, with a slot of its giver's budget."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.builds.models import Build
from community.members.models import Member
from feedback.proposals.models.proposals import Proposal

# How many votes a round gives, by level from 0 on.
BUDGETS = (2, 2, 4, 6, 8, 10)
MOST_ON_ONE = 3


class WishRoundQuerySet(models.QuerySet["WishRound"]):
    def open(self, at: datetime) -> Self:
        """Rounds that take votes, the one that closes first in front."""
        window = Q(build__wishes_open_at__lte=at, build__wishes_close_at__gt=at)
        lives = self.filter(window, closed_at=None, build__state=Build.State.SCHEDULED)
        return lives.order_by("build__wishes_close_at", "pk")

    def due_to_close(self, at: datetime) -> Self:
        return self.filter(closed_at=None, build__wishes_close_at__lte=at)


class WishRound(models.Model):
    """The votes on what a build should bring (许愿轮); its window stands in the build's week."""

    build = models.OneToOneField(Build, models.PROTECT, related_name="wish_round")
    # Set once every vote of the window is in; from then on nothing is given or taken back.
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = WishRoundQuerySet.as_manager()

    class Meta:
        indexes = [
            # What is due to close: one a product at a time.
            models.Index(fields=["id"], condition=Q(closed_at=None), name="wishround_not_closed"),
        ]

    def __str__(self) -> str:
        return str(self.build)


class VoteQuerySet(models.QuerySet["Vote"]):
    def standing(self) -> Self:
        return self.filter(returned_at=None)

    def given(self) -> Self:
        """Those that spend a slot; what a deferral carried along spends none."""
        return self.filter(carried_from=None)


class Vote(models.Model):
    """One vote of a member on a proposal in a round (投票).

    A given vote stands in a numbered slot, at most its budget, so no member has more standing
    votes than slots. A carried one repeats a vote of the round before, because its proposal was
    deferred, and has no slot. `nth` counts a member's votes on one proposal in a round.
    """

    class Returned(models.TextChoices):
        """The status of the proposal that gave a vote back."""

        SHIPPED = "shipped", _("shipped")
        DECLINED = "declined", _("declined")
        MERGED = "merged", _("merged")

    round = models.ForeignKey(WishRound, models.PROTECT, related_name="votes", db_index=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="votes", db_index=False)
    slot = models.PositiveSmallIntegerField(null=True)
    # The budget of its giver when it was given: a level won during a round widens it.
    budget = models.PositiveSmallIntegerField()
    nth = models.PositiveSmallIntegerField()
    cast_at = models.DateTimeField()
    carried_from = models.OneToOneField("self", models.CASCADE, null=True, related_name="carried")
    returned_at = models.DateTimeField(null=True)
    returned_for = models.CharField(max_length=8, choices=Returned.choices, blank=True, default="")

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "round", "slot"],
                condition=Q(returned_at=None),
                name="vote_slot_once",
            ),
            models.UniqueConstraint(
                fields=["proposal", "member", "round", "nth"],
                condition=Q(returned_at=None),
                name="vote_nth_once",
            ),
            models.CheckConstraint(
                condition=Q(slot=None, carried_from__isnull=False)
                | Q(slot__gte=1, slot__lte=models.F("budget"), carried_from=None),
                name="vote_within_budget",
            ),
            models.CheckConstraint(
                condition=Q(budget__in=sorted(set(BUDGETS))), name="vote_budget_of_a_level"
            ),
            models.CheckConstraint(
                condition=Q(nth__gte=1, nth__lte=MOST_ON_ONE), name="vote_three_on_one_at_most"
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, returned_for="")
                | (Q(returned_at__isnull=False) & ~Q(returned_for="")),
                name="vote_returned_for_something",
            ),
        ]
        indexes = [
            # What a round brought for each proposal: the decision page, carrying along.
            models.Index(fields=["round", "proposal", "member"], name="vote_by_round"),
            # Everybody who voted for a proposal: counting, telling.
            models.Index(fields=["proposal", "member"], name="vote_by_proposal"),
            # What a member voted for: "voted by me", the copy of one's data.
            models.Index(fields=["member", "proposal"], name="vote_by_member"),
        ]
