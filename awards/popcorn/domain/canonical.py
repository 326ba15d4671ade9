"""Rows as canonical JSON: one way to write each, and no other way is read."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any, TypeVar, get_type_hints

from .inputs import InputError

T = TypeVar("T")

_DECIMAL = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")
_LARGEST = 2**63
_KNOWN: dict[type, Mapping[str, Callable[[Any], Any]]] = {}


def dump(value: object) -> bytes:
    """Write JSON with sorted keys, no spaces, in UTF-8; it holds whole numbers only.

    A dataclass is written as its fields, a decimal as a string without idle zeros.
    """
    return _JSON.encode(value).encode()


def _told(value: Any) -> object:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return {field.name: getattr(value, field.name) for field in fields(value)}


_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_told)


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


def plain(value: Any) -> Any:
    """What ``dump`` writes of a value, as plain JSON values."""
    return json.loads(dump(value))


def read(kind: type[T], told: object) -> T:
    """Make a dataclass of what ``plain`` told; InputError names the field that does not fit."""
    readers = _readers(kind)
    if not isinstance(told, dict) or told.keys() != readers.keys():
        raise InputError(f"does not have exactly the fields {', '.join(sorted(readers))}")
    values = {}
    for name, reader in readers.items():
        try:
            values[name] = reader(told[name])
        except (TypeError, ValueError):
            raise InputError(f"field {name} cannot be {told[name]!r:.60}") from None
    return kind(**values)


def _readers(kind: type) -> Mapping[str, Callable[[Any], Any]]:
    if kind not in _KNOWN:
        _KNOWN[kind] = {name: _READERS[hint] for name, hint in get_type_hints(kind).items()}
    return _KNOWN[kind]


def _text(told: object) -> str:
    if not isinstance(told, str):
        raise TypeError
    return told


def _number(told: object) -> int:
    if type(told) is not int or not -_LARGEST <= told < _LARGEST:
        raise TypeError
    return told


def _number_or_none(told: object) -> int | None:
    return None if told is None else _number(told)


def _decimal(told: object) -> Decimal:
    if not _DECIMAL.fullmatch(_text(told)):
        raise ValueError
    return Decimal(_text(told))


def _list(told: object) -> list[Any]:
    if not isinstance(told, list):
        raise TypeError
    return told


def _numbers(told: object) -> tuple[int, ...]:
    return tuple(_number(part) for part in _list(told))


def _four_decimals(told: object) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    worst, bad, good, best = (_decimal(part) for part in _list(told))
    return worst, bad, good, best


_READERS: Mapping[Any, Callable[[Any], Any]] = {
    str: _text,
    int: _number,
    int | None: _number_or_none,
    Decimal: _decimal,
    tuple[int, ...]: _numbers,
    tuple[Decimal, Decimal, Decimal, Decimal]: _four_decimals,
}
