"""What the frame of every page knows: the week, unread notices, which staff pages to offer."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property

from community.builds.permissions import can_open_studio
from community.members.permissions import User, may_enter_staff_pages
from community.moderation.permissions import desk_of
from community.notices.queries import unread_count
from feedback.reports.permissions import can_read_reports, has_inbox
from feedback.reports.queries import new_in_inbox
from orangefriday import week
from orangefriday.week import FirstSlot

MOST_SHOWN = 99  # unread notices
MOST_NEW = 10  # in an engineer's inbox


class FrameLook(NamedTuple):
    """What decides how header, footer and shortcuts look."""

    room: str
    scheme: str  # light, dark or "": as the device has it
    is_at_home: bool
    is_at_slot: bool
    has_slot: bool
    is_report: bool
    has_grids: bool
    is_member: bool = False
    is_admin: bool = False
    can_read_reports: bool = False
    can_open_studio: bool = False
    can_moderate: bool = False
    unread: int = 0  # 0, 1 for some, 100 for more than 99
    has_inbox: bool = False
    new_in_inbox: int = 0  # at most 10


class Frame:
    """The frame of one page."""

    def __init__(self, request: HttpRequest, told: dict[str, Any]) -> None:
        self._request, self._told = request, told

    @property
    def slot(self) -> FirstSlot | None:
        """Where the first entry of the navigation leads."""
        slot: FirstSlot | None = self._told["week"]["first_slot"]
        return slot

    @property
    def grids_url(self) -> str:
        """Where this week's ballot is; "" while there is none."""
        return str(self._told["week"]["grids_url"])

    @property
    def shared_look(self) -> FrameLook:
        """As all members see the frame: what a copy of a page for them may know."""
        return self._everybody._replace(is_member=True)

    @cached_property
    def look(self) -> FrameLook:
        user, told = getattr(self._request, "user", None), self._told
        if not user or not user.is_authenticated:
            return self._everybody
        unread = told["unread_notices"]
        return self._everybody._replace(
            is_member=True,
            is_admin=user.is_superuser,
            can_read_reports=bool(told["can_read_reports"]),
            can_open_studio=bool(told["can_open_studio"]),
            can_moderate=bool(told["can_moderate"]),
            unread=MOST_SHOWN + 1 if unread > MOST_SHOWN else int(bool(unread)),
            has_inbox=has_inbox(user),
            new_in_inbox=min(new_in_inbox(user), MOST_NEW) if has_inbox(user) else 0,
        )

    @cached_property
    def _everybody(self) -> FrameLook:
        request, slot = self._request, self.slot
        match = request.resolver_match
        scheme = request.COOKIES.get("scheme", "")
        return FrameLook(
            room=match.app_name if match else "",
            scheme=scheme if scheme in {"light", "dark"} else "",
            is_at_home=request.path == "/",
            is_at_slot=bool(slot and request.path == slot.url),
            has_slot=bool(slot),
            is_report=bool(slot and slot.is_report),
            has_grids=bool(self.grids_url),
        )


def frame(request: HttpRequest) -> dict[str, Any]:
    """Lazy, so that a page without the frame asks nothing."""
    user = getattr(request, "user", None)
    told = {
        "week": SimpleLazyObject(lambda: week.as_context(timezone.now())),
        "can_read_reports": SimpleLazyObject(lambda: bool(user and can_read_reports(user))),
        "unread_notices": SimpleLazyObject(lambda: unread_count(user) if user else 0),
        "can_moderate": SimpleLazyObject(lambda: bool(user and _can_moderate(user))),
        "can_open_studio": SimpleLazyObject(lambda: bool(user and can_open_studio(user))),
    }
    return told | {"frame": Frame(request, told)}


def _can_moderate(user: User) -> bool:
    """Staff who sit at the moderators' desk; others find it on the boards they moderate."""
    return may_enter_staff_pages(user) and desk_of(user) is not None
