"""The site's Content-Security-Policy, put together once in place of at every answer."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class ContentPolicy(CSPMiddleware):
    """django-csp's middleware, which still answers whatever asks for another policy; no nonces."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)
        self._policy = build_policy()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_special = any(name.startswith("_csp_") for name in vars(response))
        if settings.DEBUG or is_special:
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self._policy)
        return response
