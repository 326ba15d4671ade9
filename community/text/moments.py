"""Moments in addresses, as the key of a page holds them."""

from datetime import UTC, datetime

from community.text.whole import number


def moment(text: str) -> datetime | None:
    """The moment in UTC; None for what is none, or lies beyond what databases count."""
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def moment_and_id(key: str) -> tuple[datetime, int] | None:
    """Where the next page of a list sorted by a moment begins, “moment~id”; None for no such."""
    told, _tilde, pk = key.partition("~")
    at, row = moment(told), number(pk)
    return None if at is None or row is None else (at, row)
