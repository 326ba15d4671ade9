"""Award inputs and results as lines of canonical JSON: one way to write each row, and no other."""

import json
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from typing import Any, get_type_hints

from .inputs import (
    Ballot,
    Credit,
    Engineer,
    Feature,
    Header,
    InputError,
    Override,
    Segment,
    Settings,
)
from .result import Result

# Rows of the header that stand on lines of their own, and the field they fill.
TABLES: Mapping[str, tuple[str, type]] = {
    "segment": ("segments", Segment),
    "feature": ("features", Feature),
    "engineer": ("engineers", Engineer),
    "credit": ("credits", Credit),
    "override": ("overrides", Override),
}
_HEADER = [
    field.name
    for field in fields(Header)
    if field.name not in {"settings", *(name for name, _ in TABLES.values())}
]


def dump(value: object) -> bytes:
    """Write JSON with sorted keys, no spaces, UTF-8; there are no floats in it."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def load(data: bytes) -> Any:
    """Read what ``dump`` wrote; InputError when it was written in any other way."""
    try:
        value = json.loads(data)
        is_canonical = dump(value) == data
    except (ValueError, RecursionError):
        raise InputError("is not JSON in UTF-8") from None
    if not is_canonical:
        raise InputError("is not written in the canonical way")
    return value


def line(kind: str, row: Mapping[str, Any]) -> bytes:
    """Write one row, named by its kind, without the end of the line."""
    return dump({kind: row})


def plain(value: Any) -> Any:
    """A dataclass and all in it as JSON values; decimals as strings of the digits they have."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def header_lines(header: Header) -> list[tuple[str, bytes]]:
    """The kind and line of the header, its settings and each of its rows, in their order."""
    told = {name: plain(getattr(header, name)) for name in _HEADER}
    lines = [
        ("header", line("header", told)),
        ("settings", line("settings", plain(_shortest(header.settings)))),
    ]
    for kind, (name, _) in TABLES.items():
        rows = getattr(header, name)
        lines += [(kind, line(kind, plain(_shortest(row)))) for row in rows]
    return lines
