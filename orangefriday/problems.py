"""Every API error as an RFC 9457 problem: what happened, and what to do."""

import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
)
from django.utils.translation import gettext_lazy as _
from django.views import defaults
from rest_framework import exceptions
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from community.forum.domain.importing.old_addresses import new_address

logger = logging.getLogger(__name__)

API = "/api/"
KIND = "application/problem+json"
RETRY_SECONDS = 5


class Unavailable(APIException):
    """The database is away or overtaxed: what was sent is done or not, and may be sent again."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_detail = _("The site cannot answer at the moment. Send the same again soon.")
    default_code = "unavailable"
    wait = RETRY_SECONDS


def handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception into application/problem+json.

    ``code`` is the machine's word for it (an APIException's default code), ``errors`` holds the
    fields of a refused body. Unknown exceptions stay None: ``server_error`` answers.
    """
    error = _of_the_api(error)
    response = exception_handler(error, context)
    if response is None:
        return None
    problem = _problem(HTTPStatus(response.status_code))
    if isinstance(error, ValidationError):
        problem |= {"code": "invalid", "errors": error.detail}
    elif isinstance(error, APIException):
        problem |= {"code": _code(error), "detail": str(error.detail)}
        problem |= getattr(error, "extra", {})
    response.data = problem
    response.content_type = KIND
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such address: where it went, if a forum that was taken over had it; else a problem for
    programs, a page for people.
    """
    if not request.path.startswith(API):
        moved = new_address(request.path, request.META.get("QUERY_STRING", ""))
        if moved and request.method in {"GET", "HEAD"}:
            return HttpResponsePermanentRedirect(moved)
        return defaults.page_not_found(request, exception)
    missing = exceptions.NotFound()
    problem = _problem(HTTPStatus.NOT_FOUND) | {"code": "not_found", "detail": str(missing.detail)}
    return JsonResponse(problem, status=HTTPStatus.NOT_FOUND, content_type=KIND)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What Django refuses before any view could: a problem for programs, a page for people."""
    if not request.path.startswith(API):
        return defaults.bad_request(request, exception)
    if isinstance(exception, RequestDataTooBig):
        status, code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large"
        detail = _("More was sent at once than the site takes.")
    else:
        status, code = HTTPStatus.BAD_REQUEST, "invalid"
        detail = _("The site cannot read what was sent.")
    problem = _problem(status) | {"code": code, "detail": str(detail)}
    return JsonResponse(problem, status=status, content_type=KIND)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours: a problem for programs, a page for people."""
    if not request.path.startswith(API):
        return defaults.server_error(request)
    fault = APIException()
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    problem = _problem(status) | {"code": "error", "detail": str(fault.detail)}
    return JsonResponse(problem, status=status, content_type=KIND)


def _problem(status: HTTPStatus) -> dict[str, Any]:
    return {"type": "about:blank", "title": status.phrase, "status": status.value}


def _of_the_api(error: Exception) -> Exception:
    """What is raised by Django's names has a code and a sentence here too."""
    if isinstance(error, Http404):
        return exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(error, OperationalError | InterfaceError):
        logger.error("The database does not answer: %s", error)
        return Unavailable()
    return error


def _code(error: APIException) -> str:
    codes = error.get_codes()
    return codes if isinstance(codes, str) else error.default_code
