"""How far a member has read, and how they like to read."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from community.forum.domain import reading
from community.forum.finding import reader, topic_or_404
from community.forum.queries.reader import CONTINUOUS, PAGES, READING_COOKIE, address_of
from community.members.models import Member
from community.notices.domain.reading import read_about

A_YEAR = 365 * 24 * 3600
MOST_POSTS = 2**31 - 1


@login_required
@require_POST
def mark_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The furthest post seen and the one on top of the screen, as reading.js tells.

    Without script a button below the posts sends `shown`, the last of them, and leads back.
    """
    shown = request.POST.get("shown", "")
    last_read, place = (_number(request.POST.get(key, shown)) for key in ("last_read", "place"))
    if not last_read or not place:
        return HttpResponseBadRequest()
    topic, member, now = topic_or_404(request, pk), reader(request), timezone.now()
    reading.mark_read(
        member_id=member.pk, topic_id=topic.pk, last_read=last_read, place=place, at=now
    )
    # Its page is open before them: what they were told about it is no news any more.
    read_about(member=member, about=[f"topic:{topic.pk}"], at=now)
    if not shown:
        return HttpResponse(status=204)
    messages.success(request, _("Marked as read to post %(n)d.") % {"n": last_read})
    return redirect(address_of(topic, last_read))


@login_required
@require_POST
def mark_all_read(request: HttpRequest) -> HttpResponse:
    reading.mark_all_read(member=reader(request), at=timezone.now())
    return redirect("forum:unread")


# Exempt so that public pages hold no token; browsers say where a forged one came from.
@csrf_exempt
@require_POST
def choose_reading(request: HttpRequest) -> HttpResponse:
    """Pages or one long page: in a cookie for visitors, on the account of who is signed in."""
    chosen = request.POST.get("reading", "")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if chosen not in {PAGES, CONTINUOUS} or site not in {"same-origin", "none"}:
        return HttpResponseBadRequest()
    if isinstance(request.user, Member):
        reading.choose_reading(member=request.user, is_continuous=chosen == CONTINUOUS)
    response = _back(request)
    response.set_cookie(
        READING_COOKIE,
        chosen,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _back(request: HttpRequest) -> HttpResponseRedirect:
    target = request.POST.get("next", "/forum/")
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if is_ours else "/forum/")


def _number(text: str) -> int | None:
    """A number of a post; None for anything else."""
    number = int(text) if text.isdecimal() and len(text) <= len(str(MOST_POSTS)) else 0
    return number if 1 <= number <= MOST_POSTS else None
