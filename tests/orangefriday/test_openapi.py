"""What the OpenAPI description says of every address."""

from typing import Any

from orangefriday.openapi import say_null_as_a_type, tell_problems

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def described(**responses: dict[str, Any]) -> dict[str, Any]:
    operation = {"responses": {code.removeprefix("s"): told for code, told in responses.items()}}
    return {"components": {"schemas": {}}, "paths": {"/x": {"get": operation, "summary": "X"}}}


def test_every_operation_may_answer_with_a_problem() -> None:
    result = tell_problems(described(s200={"description": "Fine."}))
    responses = result["paths"]["/x"]["get"]["responses"]
    assert responses["default"]["content"] == PROBLEM
    assert "content" not in responses["200"]


def test_a_refusal_is_a_problem() -> None:
    result = tell_problems(described(s409={"description": "Closed."}))
    assert result["paths"]["/x"]["get"]["responses"]["409"]["content"] == PROBLEM


def test_null_is_a_type_and_one_of_the_choices() -> None:
    schema = {"type": "object", "properties": {"x": {"type": "string", "enum": ["a"]}}}
    schema["properties"]["x"]["nullable"] = True
    assert say_null_as_a_type({"schemas": [schema]})["schemas"][0]["properties"] == {
        "x": {"type": ["string", "null"], "enum": ["a", None]}
    }
