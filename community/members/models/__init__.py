"""Who takes part, and what they are to each other."""

from community.members.models.days import ActiveDay, DayCount
from community.members.models.members import (
    ApiToken,
    Audience,
    Device,
    Member,
    MemberManager,
    MemberQuerySet,
)
from community.members.models.personal import DataDownload, Erasure
from community.members.models.relations import Relation

__all__ = [
    "ActiveDay",
    "ApiToken",
    "Audience",
    "DataDownload",
    "DayCount",
    "Device",
    "Erasure",
    "Member",
    "MemberManager",
    "MemberQuerySet",
    "Relation",
]
