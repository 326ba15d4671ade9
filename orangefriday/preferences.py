"""Language and light or dark: small choices anybody can make."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from community.members.models import Member

A_YEAR = 365 * 24 * 3600
SCHEMES = ("light", "dark", "auto")


def _back(request: HttpRequest) -> HttpResponseRedirect:
    target = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if safe else "/")


def _from_elsewhere(request: HttpRequest) -> bool:
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}


# Exempt so that public pages hold no token and can be cached whole; the worst a forged
# request could do is to change the language, and browsers say where it came from.
@csrf_exempt
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember the language in a cookie, and on the account of who is signed in."""
    code = request.POST.get("language", "")
    if code not in Member.Language.values or _from_elsewhere(request):
        return HttpResponseBadRequest()
    response = _back(request)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=A_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    if request.user.is_authenticated:
        Member.objects.filter(pk=request.user.pk).update(language=code)
    return response


@csrf_exempt
@require_POST
def choose_scheme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or the device's own choice in a cookie."""
    scheme = request.POST.get("scheme", "")
    if scheme not in SCHEMES or _from_elsewhere(request):
        return HttpResponseBadRequest()
    response = _back(request)
    response.set_cookie(
        "scheme",
        scheme,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
