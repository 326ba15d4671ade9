"""What other rooms show on a member's page: they register, this room asks."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest
from django.utils.safestring import SafeString

from community.members.models import Member

Panel = Callable[[HttpRequest, Member, datetime], SafeString | str]

_profile: list[Panel] = []
_families: list[Callable[[], list[str]]] = []


def register(panel: Panel) -> None:
    """Show the HTML this gives below the head of every profile; rooms call it in ready()."""
    _profile.append(panel)


def profile_panels(request: HttpRequest, member: Member, at: datetime) -> list[SafeString | str]:
    return [html for panel in _profile if (html := panel(request, member, at))]


def register_device_families(families: Callable[[], list[str]]) -> None:
    """Offer these device families when a member adds a device; rooms call it in ready()."""
    _families.append(families)


def device_families() -> list[str]:
    """Every family that rooms know, sorted."""
    return sorted({family for families in _families for family in families()})
