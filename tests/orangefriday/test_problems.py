"""Every error of the API is a problem with a word for the machine and a sentence for people."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework.exceptions import Throttled, ValidationError

from orangefriday.problems import handler


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Http404(), 404, "not_found"),
        (PermissionDenied(), 403, "permission_denied"),
        (Throttled(), 429, "throttled"),
    ],
)
def test_has_a_code_and_a_sentence(error: Exception, status: int, code: str) -> None:
    response = handler(error, {})
    assert response is not None
    assert response.content_type == "application/problem+json"
    assert (response.data["status"], response.data["code"]) == (status, code)
    assert response.data["detail"]


def test_a_refused_body_says_what_is_wrong_with_each_field() -> None:
    response = handler(ValidationError({"mood": ["Choose one."]}), {})
    assert response is not None
    assert response.data["errors"] == {"mood": ["Choose one."]}


def test_a_fault_of_ours_is_no_problem_of_theirs() -> None:
    assert handler(ZeroDivisionError(), {}) is None
