"""What every page needs to know of a member: language, time zone, second factor; who came today."""

from collections.abc import Callable
from contextlib import ExitStack
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from community.members.domain import active_days
from community.members.models import Member

Next = Callable[[HttpRequest], HttpResponse]
# In the session: the last day it was noted that its member came.
NOTED = "active_on"


class PreferencesMiddleware:
    """Speak the account's language in its time zone; cookie and browser have spoken before.

    Without a session cookie nothing is looked up: public pages stay cacheable.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ExitStack() as preferences:
            if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
                # Known now: Django's lazy object would stand between the member and all who ask.
                request.user = getattr(request, "_cached_user", request.user)
                self._apply(request, request.user, preferences)
            return self.get_response(request)

    def _apply(self, request: HttpRequest, member: Member, preferences: ExitStack) -> None:
        if member.language:
            # Stays active for orangefriday.languages, which names the language in the response.
            translation.activate(member.language)
            request.LANGUAGE_CODE = member.language
        if zone := _zone(member.time_zone):
            preferences.enter_context(timezone.override(zone))


class ActiveDaysMiddleware:
    """Note that a member was here today: once a day, of which the session itself reminds."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            _note_today(request, request.user)
        return self.get_response(request)


def note_signing_in(*, request: HttpRequest, user: Member, **_signal: object) -> None:
    """To sign in is to be here; the session that begins knows it."""
    _note_today(request, user)


def _note_today(request: HttpRequest, member: Member) -> None:
    today = active_days.day_of(timezone.now())
    if request.session.get(NOTED) != today.isoformat():
        active_days.note(member_id=member.pk, on=today)
        request.session[NOTED] = today.isoformat()


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):  # a zone that tzdata has dropped since
        return None


class StaffSecondFactorMiddleware:
    """Staff use a second factor, or they use the site signed out. Not on a local instance."""

    # Where a second factor is set up and proved, and the way out.
    OPEN = ("/accounts/", "/preferences/")

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_prove_more(request):
            return self._send_to_proof(request)
        return self.get_response(request)

    def _must_prove_more(self, request: HttpRequest) -> bool:
        if settings.LOCAL or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return False
        user = request.user
        is_staff = user.is_authenticated and (user.is_staff or user.is_superuser)
        if not is_staff or request.path.startswith(self.OPEN):
            return False
        proofs = get_authentication_records(request, user)
        return not any(proof["method"] == "mfa" for proof in proofs)

    def _send_to_proof(self, request: HttpRequest) -> HttpResponse:
        if is_mfa_enabled(request.user):
            target = reverse("mfa_reauthenticate")
            return HttpResponseRedirect(f"{target}?{urlencode({'next': request.get_full_path()})}")
        messages.warning(request, _("Staff sign in with a second factor: please set one up."))
        return HttpResponseRedirect(reverse("mfa_index"))
