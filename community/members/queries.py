"""What pages ask about members."""

from datetime import datetime

from django.db.models import QuerySet

from community.members.models import ApiToken, Device, Member


def devices_of(member: Member) -> QuerySet[Device]:
    """The main device first, then as they were added."""
    return member.devices.order_by("-is_main", "added_at", "pk")


def tokens_of(member: Member, at: datetime) -> QuerySet[ApiToken]:
    """The tokens that still work, newest first."""
    return member.api_tokens.filter(expires_at__gt=at).order_by("-created_at", "-pk")
