"""What a member is told where and when; and the way out of mails without signing in."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from community.members.models import Member
from community.notices import unsubscribing
from community.notices.domain import choosing
from community.notices.forms import RhythmForm
from community.notices.kinds import kind_of
from community.notices.matrix import matrix_of
from community.notices.models import Channel
from community.notices.push.vapid import public_key
from community.notices.queries import rhythm_of


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """The matrix of kinds and channels, quiet hours, the digest."""
    member = cast("Member", request.user)
    form = RhythmForm(request.POST or None, instance=rhythm_of(member))
    if form.is_valid():
        wanted = (name.rpartition(":")[::2] for name in request.POST.getlist("wanted"))
        choosing.choose(member=member, wanted=wanted)
        choosing.choose_rhythm(member=member, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved: this is how you are told."))
        return redirect("notices:settings")
    context = {
        "form": form,
        "matrix": matrix_of(member),
        "channels": Channel,
        "push_key": public_key(),
    }
    return render(request, "notices/settings.html", context)


@csrf_exempt  # the token says who asks; mail programs send no cookie (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A look changes nothing, as programs follow links; a POST switches the mails off."""
    meant = unsubscribing.read(token)
    if meant is None:
        raise Http404
    member, kind = meant
    is_done = request.method == "POST"
    if is_done and (kind == unsubscribing.EVERYTHING or "everything" in request.POST):
        choosing.no_mail(member=member)
    elif is_done:
        choosing.switch_off(member=member, kind=kind, channel=Channel.EMAIL)
    context = {"kind": kind_of(kind) if kind else None, "is_done": is_done}
    return render(request, "notices/unsubscribe.html", context)
