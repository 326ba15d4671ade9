"""What leaves the site: mails and pushes, each a row before it is sent."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from community.members.models import Member
from community.notices.models.notices import Notice
from community.notices.models.reach import Channel

# Tried for about two days, each time after twice as long.
MOST_ATTEMPTS = 12


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def pending(self) -> Self:
        return self.filter(sent_at=None, dropped_at=None)

    def due(self, at: datetime) -> Self:
        return self.pending().filter(due_at__lte=at, attempts__lt=MOST_ATTEMPTS)


class Delivery(models.Model):
    """A notice on its way to a member; one at a time for each channel."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=5, choices=Channel.choices)
    due_at = models.DateTimeField()
    # Counted before each attempt, together with when the next one is due: whoever dies while
    # sending has already said when to try again.
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    # Read, switched off or too many in the meantime.
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "channel"],
                condition=Q(sent_at=None, dropped_at=None),
                name="delivery_one_under_way",
            ),
            models.CheckConstraint(condition=~Q(channel="site"), name="delivery_leaves_the_site"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(dropped_at=None), name="delivery_sent_or_dropped"
            ),
        ]
        indexes = [
            # What is due.
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at=None, dropped_at=None),
                name="delivery_due",
            ),
        ]


class PushSubscription(models.Model):
    """A browser of a member that takes pushes (RFC 8030)."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="push_subscriptions")
    endpoint = models.URLField(max_length=1000)
    # The browser's P-256 key, 65 bytes, and its secret, 16 bytes (RFC 8291).
    public_key = models.BinaryField(max_length=65)
    secret = models.BinaryField(max_length=16)
    created_at = models.DateTimeField()
    # The language of its texts.
    language = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["endpoint"], name="pushsubscription_once"),
            models.CheckConstraint(
                condition=Q(endpoint__startswith="https://"), name="pushsubscription_by_https"
            ),
        ]
