"""What members are told, how they want to hear it, and what was sent."""

from community.notices.models.deliveries import (
    MOST_ATTEMPTS,
    Delivery,
    DeliveryQuerySet,
    PushSubscription,
)
from community.notices.models.notices import Heard, Inbox, Notice, NoticeQuerySet
from community.notices.models.reach import (
    Ceiling,
    Channel,
    Choice,
    KindRule,
    MailCount,
    Rhythm,
    RhythmQuerySet,
)

__all__ = [
    "MOST_ATTEMPTS",
    "Ceiling",
    "Channel",
    "Choice",
    "Delivery",
    "DeliveryQuerySet",
    "Heard",
    "Inbox",
    "KindRule",
    "MailCount",
    "Notice",
    "NoticeQuerySet",
    "PushSubscription",
    "Rhythm",
    "RhythmQuerySet",
]
