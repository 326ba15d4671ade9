"""Pictures as they are shown, from this site alone; and the page of one's own photograph."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.media.domain import portraits
from community.media.domain.pictures import PictureRefused, stored_name
from community.media.forms import PortraitForm
from community.members.models import Member
from community.members.permissions import may_write

# A picture never changes under its address, and nothing in it may run or load.
HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@require_safe
def picture(request: HttpRequest, key: str, width: int | None = None) -> FileResponse:  # noqa: ARG001 one address for both
    """The file of a picture, whole or of a width; asks no database and no session."""
    file_name = f"{key}-{width}.webp" if width else f"{key}.webp"
    try:
        file = default_storage.open(stored_name(file_name))
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, content_type="image/webp", headers=HEADERS)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def portrait(request: HttpRequest) -> HttpResponse:
    """One's photograph: a picture is sent, its middle is shown."""
    form = PortraitForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _taken(request, form):
        messages.success(request, _("That is your face here now."))
        return redirect("media:portrait")
    return render(request, "media/portrait.html", {"form": form})


def _taken(request: HttpRequest, form: PortraitForm) -> bool:
    now, member = timezone.now(), cast("Member", request.user)
    if not may_write(member, now):
        form.add_error(None, _("You cannot change it now."))
        return False
    try:
        portraits.take(file=form.cleaned_data["photograph"], member=member, at=now)
    except PictureRefused as refused:
        form.add_error("photograph", str(refused))
        return False
    return True


@login_required
@require_POST
def remove_portrait(request: HttpRequest) -> HttpResponse:
    portraits.remove(member=cast("Member", request.user))
    messages.success(request, _("The photograph is gone."))
    return redirect("media:portrait")
