"""Every error of the API is a problem with a word for the machine and a sentence for people."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import Http404
from django.test import Client, RequestFactory
from rest_framework.exceptions import Throttled, ValidationError

from orangefriday.problems import KIND, RETRY_SECONDS, bad_request, handler, server_error


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Http404(), 404, "not_found"),
        (PermissionDenied(), 403, "permission_denied"),
        (Throttled(), 429, "throttled"),
        (OperationalError("the connection is lost"), 503, "unavailable"),
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


def test_a_database_that_is_away_may_be_asked_again_soon() -> None:
    response = handler(OperationalError(), {})
    assert response is not None
    assert response.headers["Retry-After"] == str(RETRY_SECONDS)


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "kind"), [("/api/v1/nowhere/", KIND), ("/nowhere/", "text/html")])
def test_an_address_that_does_not_exist_is_told_in_its_readers_form(path: str, kind: str) -> None:
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (404, kind)


@pytest.mark.parametrize(("path", "kind"), [("/api/v1/builds/", KIND), ("/", "text/html")])
def test_what_is_too_large_is_told_in_its_readers_form(path: str, kind: str) -> None:
    answer = bad_request(RequestFactory().post(path), RequestDataTooBig())
    assert answer["Content-Type"].partition(";")[0] == kind
    assert answer.status_code == (413 if kind == KIND else 400)


@pytest.mark.parametrize(("path", "kind"), [("/api/v1/builds/", KIND), ("/", "text/html")])
def test_a_fault_is_told_in_its_readers_form(path: str, kind: str) -> None:
    answer = server_error(RequestFactory().get(path))
    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (500, kind)
