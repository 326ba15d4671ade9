"""Public pages kept whole in memory for two seconds: no query per hit, no Django per hit.

Two parts: `PublicPages` (Django middleware) says which answers are the same for every visitor,
`Edge` (WSGI) keeps those. A cache in front of the site may do the same by the same header.
"""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

FRESH_S = 2.0
# While one thread renders a page anew the others show it this much older.
STALE_S = 10.0
MOST_PAGES = 512
MOST_BYTES = 1_000_000
LONGEST_QUERY = 200
# What every visitor without a session sees alike; all else is rendered for each request.
PUBLIC_ROOMS = frozenset({"builds", "forum", "gifts", "honours", "polls", "popcorn", "proposals"})
PUBLIC_VIEWS = frozenset({"home"})
# Set for so long by whatever a member sends: their own change is on the next page they see.
WROTE_COOKIE = "wrote"
WROTE_S = 5

Environ = dict[str, Any]
StartResponse = Callable[..., Any]


class PublicPages:
    """Marks answers that a shared cache may keep; everything else is private to its reader."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "POST" and settings.SESSION_COOKIE_NAME in request.COOKIES:
            _remember_writing(response)
        if response.has_header("Cache-Control"):
            return response
        if _is_public(request, response):
            response["Cache-Control"] = f"public, max-age=0, s-maxage={FRESH_S:.0f}"
        else:
            response["Cache-Control"] = "private, no-cache"
        return response


def _remember_writing(response: HttpResponseBase) -> None:
    response.set_cookie(
        WROTE_COOKIE,
        "1",
        max_age=WROTE_S,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _is_public(request: HttpRequest, response: HttpResponseBase) -> bool:
    match = request.resolver_match
    return (
        match is not None
        and (match.view_name in PUBLIC_VIEWS or match.app_name in PUBLIC_ROOMS)
        and request.method == "GET"
        and response.status_code == HTTPStatus.OK
        and not response.streaming
        and not response.cookies
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.session.modified
        and "CSRF_COOKIE" not in request.META
    )


@dataclass(slots=True)
class _Page:
    """One kept answer."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    rendered_at: float
    renewal: threading.Lock = field(default_factory=threading.Lock)


class Edge:
    """Answers repeated requests for a public page from memory."""

    def __init__(self, application: Callable[[Environ, StartResponse], Iterable[bytes]]) -> None:
        self.application = application
        self._pages: dict[tuple[str, ...], _Page] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = _key(environ)
        if key is None:
            return self.application(environ, start_response)
        page = self._pages.get(key)
        if page is None:
            return self._render(key, environ, start_response)
        age = time.monotonic() - page.rendered_at
        if age < FRESH_S or (age < STALE_S and page.renewal.locked()):
            return _answer(page, start_response)
        with page.renewal:
            renewed = self._pages.get(key, page)
            if renewed is not page:
                return _answer(renewed, start_response)
            return self._render(key, environ, start_response)

    def _render(
        self, key: tuple[str, ...], environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        told: list[tuple[str, list[tuple[str, str]]]] = []

        def listen(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            told.append((status, headers))
            return (
                start_response(status, headers, exc_info)
                if exc_info
                else start_response(status, headers)
            )

        chunks = self.application(environ, listen)
        status, headers = told[-1]
        if not _may_keep(headers):
            return chunks
        try:
            body = b"".join(chunks)
        finally:
            close = getattr(chunks, "close", None)
            if close:
                close()
        if len(body) <= MOST_BYTES:
            self._keep(key, _Page(status, headers, body, time.monotonic()))
        return [body]

    def _keep(self, key: tuple[str, ...], page: _Page) -> None:
        self._pages.pop(key, None)
        self._pages[key] = page
        while len(self._pages) > MOST_PAGES:
            try:
                del self._pages[next(iter(self._pages))]
            except (KeyError, RuntimeError, StopIteration):  # another thread was quicker
                return


def _answer(page: _Page, start_response: StartResponse) -> list[bytes]:
    start_response(page.status, page.headers)
    return [page.body]


def _may_keep(headers: list[tuple[str, str]]) -> bool:
    names = {name.lower(): value for name, value in headers}
    return "s-maxage" in names.get("cache-control", "") and "set-cookie" not in names


def _key(environ: Environ) -> tuple[str, ...] | None:
    """What the answer depends on; None when it has to be rendered for this request alone."""
    if environ["REQUEST_METHOD"] != "GET" or "HTTP_HX_REQUEST" in environ:
        return None
    query = environ.get("QUERY_STRING", "")
    cookies = environ.get("HTTP_COOKIE", "")
    if (
        settings.SESSION_COOKIE_NAME in cookies
        or "HTTP_AUTHORIZATION" in environ
        or len(query) > LONGEST_QUERY
    ):
        return None
    return (
        environ.get("HTTP_HOST", ""),
        environ.get("wsgi.url_scheme", ""),
        environ.get("HTTP_X_FORWARDED_PROTO", ""),
        environ.get("PATH_INFO", ""),
        query,
        _preferences(cookies),
        environ.get("HTTP_ACCEPT_LANGUAGE", "")[:100],
    )


def _preferences(cookies: str) -> str:
    """The cookies that change a public page: language, light or dark, pages or not, time zone."""
    if not cookies:
        return ""
    wanted = (settings.LANGUAGE_COOKIE_NAME, "scheme", "reading", "time_zone")
    pairs = (pair.strip() for pair in cookies.split(";"))
    return ";".join(sorted(pair for pair in pairs if pair.partition("=")[0] in wanted))[:200]
