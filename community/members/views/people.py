"""Members as others see them: the profile, the list of all, and one's own stance."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.members import panels, queries
from community.members.domain import relations
from community.members.models import Member, Relation
from community.members.showing import shown_to


@require_safe
def profile(request: HttpRequest, username: str) -> HttpResponse:
    member = _member_or_404(username)
    shown = shown_to(request.user, member)
    context = {
        "shown": shown,
        "member": member,
        "panels": panels.profile_panels(
            request, member, timezone.now(), shows_activity=shown.shows_activity
        ),
        "actions": panels.profile_actions(request, member),
    }
    return render(request, "members/profile.html", context)


@require_safe
def card(request: HttpRequest, username: str) -> HttpResponse:
    """What one sees of a member where somebody mentions them."""
    return render(request, "members/card.html", {"member": _member_or_404(username)})


@require_safe
def member_list(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "")[:40] for name in ("initial", "region")}
    shown = queries.listed_members(request.user, **asked, after=request.GET.get("after", "")[:200])
    context = asked | {"list": shown, "letters": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    return render(request, "members/member_list.html", context)


@login_required
@require_POST
def relate(request: HttpRequest, username: str) -> HttpResponse:
    """Take the stance that was sent, or none."""
    other, member = _member_or_404(username), cast("Member", request.user)
    kind = request.POST.get("kind", "")
    if kind in Relation.Kind.values:
        _take_stance(request, member, other, Relation.Kind(kind))
    else:
        relations.end_relation(member=member, other=other)
        messages.success(request, _("%(name)s is like everybody to you.") % {"name": other})
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return redirect(back)
    return redirect("members:profile", other.username)


def _take_stance(request: HttpRequest, member: Member, other: Member, kind: Relation.Kind) -> None:
    said = {
        Relation.Kind.FOLLOWS: _("You follow %(name)s."),
        Relation.Kind.IGNORES: _("Posts of %(name)s are folded from now on."),
        Relation.Kind.BLOCKS: _("%(name)s can neither write to you nor follow you now."),
    }
    try:
        relations.relate(member=member, other=other, kind=kind, at=timezone.now())
    except relations.Blocked:
        messages.warning(request, _("One of you blocks the other."))
    except relations.Oneself:
        messages.warning(request, _("That is you."))
    else:
        messages.success(request, said[kind] % {"name": other})


def _member_or_404(username: str) -> Member:
    return get_object_or_404(Member, username=username.lower(), is_active=True)
