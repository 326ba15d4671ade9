"""What members change about themselves: profile, privacy, preferences, devices, tokens."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from community.members import panels, queries
from community.members.domain import accounts, devices, tokens
from community.members.forms import (
    DeviceForm,
    PreferencesForm,
    PrivacyForm,
    ProfileForm,
    TokenForm,
)
from community.members.models import ApiToken, Device, Member, Relation
from community.members.texts import TextsRefused

View = Callable[..., HttpResponse]


def _own_page(view: View) -> View:
    """A page of settings: signed in, GET or POST, never kept by a cache."""
    return login_required(never_cache(require_http_methods(["GET", "HEAD", "POST"])(view)))


def _own_action(view: View) -> View:
    return login_required(require_POST(view))


def _member(request: HttpRequest) -> Member:
    return cast("Member", request.user)


@_own_page
def edit_profile(request: HttpRequest) -> HttpResponse:
    member = Member.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=member)
    if form.is_valid() and _saved(form, member):
        messages.success(request, _("Your profile is saved."))
        return redirect("members:settings")
    return render(request, "members/profile_form.html", {"form": form})


def _saved(form: ProfileForm, member: Member) -> bool:
    try:
        accounts.change_profile(member=member, **form.cleaned_data)
    except accounts.DisplayNameTaken as error:
        form.add_taken(error)
        return False
    except TextsRefused as refused:
        rules = ", ".join(refused.rules)
        form.add_error(None, _("These words cannot stand here: %(rules)s") % {"rules": rules})
        return False
    return True


@_own_page
def edit_preferences(request: HttpRequest) -> HttpResponse:
    form = PreferencesForm(request.POST or None, instance=_member(request))
    if form.is_valid():
        form.save()
        messages.success(request, _("Your language and time zone are saved."))
        return redirect("members:preferences")
    return render(request, "members/preferences.html", {"form": form})


@_own_page
def edit_privacy(request: HttpRequest) -> HttpResponse:
    form = PrivacyForm(request.POST or None, instance=_member(request))
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved: others see what you chose."))
        return redirect("members:privacy")
    return render(request, "members/privacy.html", {"form": form})


@_own_page
def relation_list(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    kinds = Relation.Kind.choices
    chosen = kind if kind in Relation.Kind.values else str(Relation.Kind.FOLLOWS)
    page = queries.page_of_relations(_member(request), chosen, request.GET.get("before", ""))
    context = {"kinds": kinds, "chosen": chosen, "page": page}
    return render(request, "members/relations.html", context)


@_own_page
def device_list(request: HttpRequest) -> HttpResponse:
    member = _member(request)
    form = DeviceForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "families": panels.device_families()}
    if form.is_valid():
        context |= _added_device(form, member)
    if "device" in context:
        # Shown in this answer only: it is kept nowhere, so there is no page to come back to.
        return render(request, "members/device_added.html", context)
    context["devices"] = queries.devices_of(member)
    return render(request, "members/devices.html", context)


def _added_device(form: DeviceForm, member: Member) -> dict[str, Any]:
    public_key, private_key = form.cleaned_data.pop("public_key"), ""
    if not public_key:
        public_key, private_key = devices.new_key_pair()
    try:
        device = devices.add_device(
            member=member, public_key=public_key, at=timezone.now(), **form.cleaned_data
        )
    except devices.BadPublicKey:
        form.add_error("public_key", _("This is not the base64 of 32 bytes."))
    except devices.KeyTaken:
        form.add_error("public_key", _("Another device signs with this key."))
    except devices.TooManyDevices:
        form.add_error(None, _("You have as many devices as one may. Remove one first."))
    else:
        return {"device": device, "private_key": private_key}
    return {}


def _own_device(request: HttpRequest, pk: int) -> Device:
    return get_object_or_404(Device, pk=pk, member=_member(request))


@_own_action
def make_device_main(request: HttpRequest, pk: int) -> HttpResponse:
    device = _own_device(request, pk)
    devices.make_main(device=device)
    messages.success(request, _("%(device)s is your main device.") % {"device": device})
    return redirect("members:devices")


@_own_action
def remove_device(request: HttpRequest, pk: int) -> HttpResponse:
    device = _own_device(request, pk)
    devices.remove_device(device=device)
    messages.success(request, _("%(device)s is removed.") % {"device": device})
    return redirect("members:devices")


@_own_page
def token_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = TokenForm(request.POST or None)
    if form.is_valid() and (key := _created_token(form, _member(request), now)):
        return render(request, "members/token_created.html", {"form": form, "key": key})
    context = {"form": form, "tokens": queries.tokens_of(_member(request), now)}
    return render(request, "members/tokens.html", context)


def _created_token(form: TokenForm, member: Member, now: datetime) -> str:
    data = form.cleaned_data
    try:
        _token, key = tokens.create_token(
            member=member,
            name=data["name"],
            scopes=data["scopes"],
            expires_at=now + timedelta(days=data["days"]),
            at=now,
            submission_key=data["submission_key"],
        )
    except tokens.TooManyTokens:
        form.add_error(None, _("You have as many tokens as one may. Revoke one first."))
        return ""
    return key


@_own_action
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(ApiToken, pk=pk, member=_member(request))
    tokens.revoke_token(token=token)
    messages.success(request, _("“%(token)s” is revoked.") % {"token": token})
    return redirect("members:tokens")
