"""Values of a dump's rows: times, flags, texts."""

from collections.abc import Mapping
from datetime import UTC, datetime

from community.forum.domain.importing.records import BrokenSource

Row = Mapping[str, str | None]


def text(row: Row, name: str) -> str:
    return (row.get(name) or "").replace("\0", "")


def number(row: Row, name: str) -> int:
    value = row.get(name) or "0"
    try:
        return int(value)
    except ValueError as error:
        raise BrokenSource(f"{name} is no number: {value[:40]!r}") from error


def flag(row: Row, name: str) -> bool:
    return (row.get(name) or "").lower() in {"t", "true", "1", "yes"}


def moment(row: Row, name: str) -> datetime:
    """An ISO 8601 moment, or seconds since 1970; without an offset it is UTC."""
    value = row.get(name) or ""
    try:
        found = (
            datetime.fromtimestamp(int(value), UTC)
            if value.isdigit()
            else datetime.fromisoformat(value)
        )
    except (ValueError, OverflowError, OSError) as error:
        raise BrokenSource(f"{name} is no time: {value[:40]!r}") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def moment_or_none(row: Row, name: str) -> datetime | None:
    return moment(row, name) if row.get(name) else None
