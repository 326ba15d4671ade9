"""What all addresses of the API share, said once in their OpenAPI description."""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator

Schema = dict[str, Any]

METHODS = frozenset({"get", "put", "post", "patch", "delete"})
PROBLEM: Schema = {
    "type": "object",
    "description": (
        "What went wrong, by RFC 9457. `code` is the reason's word, `errors` holds sentences by "
        "field, `moment` and `ids` are what the reason speaks of."
    ),
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {}},
        "moment": {"type": "string", "format": "date-time"},
        "ids": {"type": "array", "items": {"type": "integer"}},
    },
    "required": ["type", "title", "status", "code"],
}
ANSWER: Schema = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def tell_problems(result: Schema, **_: Any) -> Schema:
    """Every operation answers with a problem where it cannot answer with what it promises."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    for operation in _operations(result):
        responses: Schema = operation["responses"]
        for status, response in responses.items():
            if status.startswith("4"):
                response.setdefault("content", ANSWER)
        responses.setdefault("default", {"description": "A problem.", "content": ANSWER})
    return result


def _operations(result: Schema) -> Iterator[Schema]:
    for path in result["paths"].values():
        for method, operation in path.items():
            if method in METHODS:
                yield operation


def say_null_as_a_type(result: Schema, **_: Any) -> Schema:
    """Where the generator still writes OpenAPI 3.0's ``nullable``, write 3.1's type "null"."""
    _convert(result)
    return result


def _convert(node: Any) -> None:
    match node:
        case dict():
            if node.pop("nullable", False):
                _allow_null(node)
            for child in node.values():
                _convert(child)
        case list():
            for child in node:
                _convert(child)


def _allow_null(schema: Schema) -> None:
    if "type" in schema:
        schema["type"] = [schema["type"], "null"]
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]


class WrittenOnce(SchemaGenerator):
    """Writing the description takes seconds, and anybody may ask for it: once a language."""

    def get_schema(self, request: Any = None, public: bool = False) -> Schema:  # noqa: FBT001, FBT002 (its caller's)
        if not public:
            return _write(request, public=False)
        return deepcopy(_written(get_language()))


@cache
def _written(_language: str | None) -> Schema:
    return _write(None, public=True)


def _write(request: Any, *, public: bool) -> Schema:
    written: Schema = SchemaGenerator().get_schema(request, public)
    return written
