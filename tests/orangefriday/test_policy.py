"""Every answer carries the site's Content-Security-Policy; who asks for another gets that one."""

from csp.decorators import csp_replace
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from orangefriday.policy import ContentPolicy

HEADER = "Content-Security-Policy"


def plain(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def with_own(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(headers={HEADER: "sandbox"})


def test_it_says_what_django_csp_says(rf: RequestFactory) -> None:
    replaced = csp_replace({"img-src": ["https://example.org"]})(plain)
    for view in (plain, with_own, replaced):
        expected = CSPMiddleware(view)(rf.get("/"))[HEADER]
        assert ContentPolicy(view)(rf.get("/"))[HEADER] == expected
    assert "example.org" in expected
