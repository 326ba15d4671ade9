"""Every API error as an RFC 9457 problem: what happened, and what to do."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler


def handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception into application/problem+json.

    ``code`` is the machine's word for it (an APIException's default code), ``errors`` holds the
    fields of a refused body. Unknown exceptions stay None: the server's 500 page answers.
    """
    error = _of_the_api(error)
    response = exception_handler(error, context)
    if response is None:
        return None
    status = HTTPStatus(response.status_code)
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
    }
    if isinstance(error, ValidationError):
        problem |= {"code": "invalid", "errors": error.detail}
    elif isinstance(error, APIException):
        problem |= {"code": _code(error), "detail": str(error.detail)}
        problem |= getattr(error, "extra", {})
    response.data = problem
    response.content_type = "application/problem+json"
    return response


def _of_the_api(error: Exception) -> Exception:
    """What views raise by Django's names has a code and a sentence here too."""
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    return error


def _code(error: APIException) -> str:
    codes = error.get_codes()
    return codes if isinstance(codes, str) else error.default_code
