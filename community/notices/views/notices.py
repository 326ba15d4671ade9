"""The list of notices, opening and reading them, and what the bell asks."""

from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.members.models import Member
from community.notices import queries
from community.notices.domain import reading
from community.notices.kinds import kinds
from community.notices.models import Notice

# The notice just opened, until the page it leads to has said so.
OPENED_COOKIE = "opened_notice"
OPENED_S = 60


def _member(request: HttpRequest) -> Member:
    return cast("Member", request.user)


@login_required
@never_cache
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    kind, is_unread = request.GET.get("kind", ""), "unread" in request.GET
    notices = queries.notices_of(request.user, kind=kind, is_unread=is_unread)
    context = {
        "list": queries.page_of(notices, request.GET.get("before", "")),
        "kinds": kinds().values(),
        "kind": kind,
        "is_unread": is_unread,
        "now": timezone.now(),
    }
    return render(request, "notices/list.html", context)


@login_required
@never_cache
@require_safe
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """On to its place, which says that it is read (bell.js): no GET changes anything."""
    notice = get_object_or_404(Notice.objects.on_site(), pk=pk, member=_member(request))
    response = redirect(notice.url)
    response.set_cookie(
        OPENED_COOKIE,
        str(notice.pk),
        max_age=OPENED_S,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


@login_required
@require_POST
def read_notice(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        reading.read_one(member=_member(request), notice_id=pk, at=timezone.now())
    except Notice.DoesNotExist as error:
        raise Http404 from error
    return redirect("notices:list")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    kind = request.POST.get("kind", "")
    reading.read_all(member=_member(request), kind=kind, at=timezone.now())
    return redirect("notices:list")


@login_required
@never_cache
@require_safe
def unread(request: HttpRequest) -> HttpResponse:
    """What the bell asks once a minute."""
    return JsonResponse({"unread": queries.unread_count(request.user)})
