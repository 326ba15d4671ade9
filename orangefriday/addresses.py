"""Refuses addresses that nothing on the site can have."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.defaults import bad_request

API = "/api/"


class NoNul:
    """Answers 400 to a NUL in path or query: PostgreSQL keeps no such text, so nothing has it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return _refused(request)
        return self.get_response(request)


def _refused(request: HttpRequest) -> HttpResponse:
    sentence = _("This address holds a character that no text can have.")
    if not request.path_info.startswith(API):
        return bad_request(request, ValueError(sentence))
    status = HTTPStatus.BAD_REQUEST
    problem = {"type": "about:blank", "title": status.phrase, "status": status.value}
    return JsonResponse(
        problem | {"code": "bad_address", "detail": sentence},
        status=status,
        content_type="application/problem+json",
    )
