"""Your data: a copy of it, and the end of the account."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.members import personal
from community.members.domain import downloads, erasure
from community.members.models import DataDownload, Erasure, Member


def _member(request: HttpRequest) -> Member:
    return cast("Member", request.user)


@login_required
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    now, member = timezone.now(), _member(request)
    context = {
        "waiting": member.downloads.waiting().first(),
        "made": member.downloads.open(now).order_by("-pk"),
        "erasure": Erasure.objects.filter(member=member, done_at=None).first(),
        "tables": personal.tables(),
        "now": now,
    }
    return render(request, "members/data.html", context)


@login_required
@require_POST
def ask_download(request: HttpRequest) -> HttpResponse:
    try:
        downloads.ask(member=_member(request), at=timezone.now())
    except downloads.TooOften:
        messages.warning(request, _("You have asked three times today. Come back tomorrow."))
    else:
        messages.success(request, _("Your copy will be ready in a few minutes."))
    return redirect("members:data")


@login_required
@never_cache
@require_safe
def download_file(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """One's own copy, to who has just shown that it is them."""
    mine = _member(request).downloads.open(timezone.now())
    return cast("HttpResponse", _send(request, get_object_or_404(mine, pk=pk)))


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth says no types
def _send(_request: HttpRequest, download: DataDownload) -> FileResponse:
    return FileResponse(
        default_storage.open(download.file_name),
        as_attachment=True,
        filename=f"orange-friday-{download.member.username}.zip",
        content_type="application/zip",
    )


@login_required
@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth says no types
def ask_erasure(request: HttpRequest) -> HttpResponse:
    keeps_words = request.POST.get("words") != "remove"
    erasure.ask(member=_member(request), keeps_words=keeps_words, at=timezone.now())
    messages.success(request, _("Your account will be erased in seven days, unless you undo it."))
    return redirect("members:data")


@login_required
@require_POST
def undo_erasure(request: HttpRequest) -> HttpResponse:
    if erasure.undo(member=_member(request)):
        messages.success(request, _("Your account stays."))
    return redirect("members:data")
