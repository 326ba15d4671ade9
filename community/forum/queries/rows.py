"""Rows of statements of our own, as models."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Field, JSONField, Model

M = TypeVar("M", bound=Model)
Row = tuple[Any, ...]


def columns(model: type[Model], table: str) -> str:
    """All columns of a model for a SELECT."""
    return ", ".join(f'{table}."{field.column}"' for field in _fields(model))


def taken(model: type[M], row: Row) -> tuple[M, Row]:
    """The model whose columns come first in a row, and the rest of the row."""
    names, read = _reading(model)
    values = list(row[: len(names)])
    for number, of_text in read:
        values[number] = of_text(values[number])
    return model.from_db(DEFAULT_DB_ALIAS, names, values), row[len(names) :]


def _fields(model: type[Model]) -> tuple["Field[Any, Any]", ...]:
    return tuple(model._meta.concrete_fields)  # noqa: SLF001


@cache
def _reading(model: type[Model]) -> tuple[list[str], list[tuple[int, Callable[[Any], Any]]]]:
    """The names of a model's fields, and how to read those that come as text: JSON."""
    fields = _fields(model)
    read = [(n, json.loads) for n, field in enumerate(fields) if isinstance(field, JSONField)]
    return [field.attname for field in fields], list(read)
