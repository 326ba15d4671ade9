"""Moments in addresses, as the key of a page holds them."""

from datetime import UTC, datetime


def moment(text: str) -> datetime | None:
    """The moment in UTC; None for what is none, or lies beyond what databases count."""
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None
