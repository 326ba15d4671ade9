"""What the frame of every page knows: the week, unread notices, which staff pages to offer."""

from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property

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
    """The frame of one page, asked for as far as the page shows it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def _user(self) -> User:
        return getattr(self._request, "user", None) or AnonymousUser()

    @cached_property
    def week(self) -> dict[str, Any]:
        return week.remembered_context(timezone.now())

    @property
    def slot(self) -> FirstSlot | None:
        """Where the first entry of the navigation leads."""
        slot: FirstSlot | None = self.week["first_slot"]
        return slot

    @property
    def grids_url(self) -> str:
        """Where this week's ballot is; "" while there is none."""
        return str(self.week["grids_url"])

    @cached_property
    def unread_notices(self) -> int:
        return unread_count(self._user)

    @cached_property
    def can_read_reports(self) -> bool:
        return can_read_reports(self._user)

    @cached_property
    def can_open_studio(self) -> bool:
        return can_open_studio(self._user)

    @cached_property
    def can_moderate(self) -> bool:
        """Staff who sit at the moderators' desk; others find it on the boards they moderate."""
        return may_enter_staff_pages(self._user) and desk_of(self._user) is not None

    @cached_property
    def look(self) -> FrameLook:
        user = self._user
        if not user.is_authenticated:
            return self._everybody
        unread = self.unread_notices
        return self._everybody._replace(
            is_member=True,
            is_admin=user.is_superuser,
            can_read_reports=self.can_read_reports,
            can_open_studio=self.can_open_studio,
            can_moderate=self.can_moderate,
            unread=MOST_SHOWN + 1 if unread > MOST_SHOWN else int(bool(unread)),
            has_inbox=has_inbox(user),
            new_in_inbox=min(new_in_inbox(user), MOST_NEW) if has_inbox(user) else 0,
        )

    @property
    def shared_look(self) -> FrameLook:
        """As all members see the frame: what a copy of a page for them may know."""
        return self._everybody._replace(is_member=True)

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
    return {"frame": Frame(request)}
