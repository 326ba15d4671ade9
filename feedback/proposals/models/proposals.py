"""A proposal: what is wished for, and where it is on its way."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.builds.models import Build, Feature, Product
from community.forum.models import Post, Topic
from community.members.models import Member
from community.members.permissions import User, is_admin, is_member

_REFUSED = ("deferred", "declined")
_PLANNED = ("accepted", "in_development", "shipped")
_MOVES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "open": ("under_review", *_PLANNED, *_REFUSED),
        "under_review": ("open", *_PLANNED, *_REFUSED),
        "accepted": ("under_review", "in_development", "shipped", *_REFUSED),
        "in_development": ("accepted", "shipped", *_REFUSED),
        "deferred": ("open", "under_review", *_PLANNED, "declined"),
        "declined": ("open", "under_review"),
        "shipped": (),
        "merged": (),
    }
)
_MERGEABLE = ("open", "under_review", "deferred", "declined")


def _moves_only_as(moves: Mapping[str, tuple[str, ...]], mergeable: tuple[str, ...]) -> str:
    """The body of the trigger that refuses every other change of status."""
    pairs = [(old, new) for old, news in moves.items() for new in news]
    pairs += [(old, "merged") for old in mergeable] + [("merged", old) for old in mergeable]
    allowed = ", ".join(f"('{old}', '{new}')" for old, new in pairs)
    return f"""
        IF (OLD.status, NEW.status) NOT IN ({allowed}) THEN
            RAISE EXCEPTION 'no proposal goes from % to %', OLD.status, NEW.status
                USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_status_moves';
        END IF;
        RETURN NEW;
    """


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def on_the_ballot(self) -> Self:
        """What cell 4 offers: open and accepted proposals that everybody may read."""
        return self.visible().filter(status__in=Proposal.LIVE)

    def visible(self) -> Self:
        """Those whose topic, if they have one, no moderator took out of sight."""
        return self.filter(
            Q(topic=None) | Q(topic__hidden_at=None, topic__held_at=None)  # both or none
        )

    def readable_by(self, user: User) -> Self:
        """What is in sight; one's own that wait for approval, and everything for admins."""
        if is_admin(user):
            return self
        if not is_member(user):
            return self.visible()
        return self.filter(
            Q(topic=None)
            | Q(topic__hidden_at=None, topic__held_at=None)
            | Q(topic__hidden_at=None, author=user.pk)
        )

    def with_words(self) -> Self:
        """With `words`: its first post as everybody sees it, or the body of one without a topic."""
        first = Post.objects.visible().filter(topic=models.OuterRef("topic"), number=1)
        said = models.Subquery(first.values("body")[:1])
        return self.annotate(words=Coalesce(said, F("body")))

    def without_a_topic(self) -> Self:
        return self.filter(topic=None)


class Proposal(models.Model):
    """Something wished for a coming build (功能提案)."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        UNDER_REVIEW = "under_review", _("under review")
        ACCEPTED = "accepted", _("accepted")
        IN_DEVELOPMENT = "in_development", _("in development")
        SHIPPED = "shipped", _("shipped")
        DEFERRED = "deferred", _("deferred")
        DECLINED = "declined", _("declined")
        MERGED = "merged", _("merged")

    LIVE = (Status.OPEN, Status.UNDER_REVIEW, Status.ACCEPTED, Status.IN_DEVELOPMENT)
    PLANNED = (Status.ACCEPTED, Status.IN_DEVELOPMENT, Status.SHIPPED)
    NEEDS_REASON = (Status.DEFERRED, Status.DECLINED)
    # What members can put votes on; the others have their answer.
    VOTABLE = (Status.OPEN, Status.UNDER_REVIEW, Status.DEFERRED)
    # How the votes of a proposal end: each goes back to who gave it.
    RETURNS_VOTES = (Status.SHIPPED, Status.DECLINED, Status.MERGED)
    # Each status with those that may follow; merging and its reversal are acts of their own.
    MOVES = _MOVES
    # What may become one with another proposal.
    MERGEABLE = _MERGEABLE

    product = models.ForeignKey(Product, models.PROTECT, related_name="proposals")
    # Its talk: replies, moderation, watching, search. Null until a wish written down before
    # topics were has been given one.
    topic = models.OneToOneField(
        Topic, models.SET_NULL, null=True, blank=True, related_name="proposal"
    )
    title = models.CharField(_("title"), max_length=120)
    # Of one without a topic; else the words are the first post's (`with_words`).
    body = models.TextField(_("description"), blank=True, max_length=5000)
    area = models.CharField(_("area"), max_length=60, blank=True)
    device = models.CharField(_("device"), max_length=40, blank=True, default="", db_default="")
    status = models.CharField(
        _("status"), max_length=14, choices=Status.choices, default=Status.OPEN
    )
    status_reason = models.CharField(_("reason"), max_length=300, blank=True)
    author = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    accepted_for = models.ForeignKey(
        Build, models.SET_NULL, null=True, blank=True, related_name="accepted_proposals"
    )
    # The change that will be it once its build goes out, and the one that is.
    built_as = models.ForeignKey(
        Feature, models.SET_NULL, null=True, blank=True, related_name="wished_by"
    )
    shipped_as = models.ForeignKey(
        Feature, models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_here"
    )
    # Derived from the votes; proposals.domain.counting rebuilds them.
    vote_count = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    voter_count = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    created_at = models.DateTimeField()

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="proposal_has_title"),
            models.CheckConstraint(
                condition=~Q(status__in=["deferred", "declined"]) | ~Q(status_reason=""),
                name="proposal_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False)
                | (~Q(status="merged") & Q(merged_into=None)),
                name="proposal_merged_into_another",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")), name="proposal_not_merged_into_itself"
            ),
        ]
        indexes = [
            # The list of a product by status, newest first.
            models.Index(fields=["product", "status", "-created_at"], name="proposal_by_status"),
            # The list of everything, page by page.
            models.Index(fields=["-created_at", "-id"], name="proposal_newest"),
            # The list by votes, and cell 4 of the ballot.
            models.Index(fields=["-vote_count", "-id"], name="proposal_by_votes"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="proposal_status_moves",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.status <> NEW.status"),
                func=_moves_only_as(_MOVES, _MERGEABLE),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposals:detail", args=[self.pk])

    @property
    def stage(self) -> str:
        """Where it is on its way, as the design names states."""
        if self.status in {*self.NEEDS_REASON, self.Status.MERGED}:
            return "stopped"
        if self.status == self.Status.SHIPPED:
            return "done"
        return "now" if self.status in self.PLANNED else "waiting"

    @property
    def is_votable(self) -> bool:
        return self.status in self.VOTABLE

    @property
    def reply_count(self) -> int:
        """How many posts answered the first one."""
        return self.topic.post_count - 1 if self.topic else 0
