"""What the frame of every page knows: the week, unread notices, which staff pages to offer."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from community.builds.permissions import can_open_studio
from community.members.permissions import User, may_enter_staff_pages
from community.moderation.permissions import desk_of
from community.notices.queries import unread_count
from feedback.reports.permissions import can_read_reports
from orangefriday import week


def frame(request: HttpRequest) -> dict[str, Any]:
    """Lazy, so that a page without the frame asks nothing."""
    user = getattr(request, "user", None)
    return {
        "week": SimpleLazyObject(lambda: week.as_context(timezone.now())),
        "can_read_reports": SimpleLazyObject(lambda: bool(user and can_read_reports(user))),
        "unread_notices": SimpleLazyObject(lambda: unread_count(user) if user else 0),
        "can_moderate": SimpleLazyObject(lambda: bool(user and _can_moderate(user))),
        "can_open_studio": SimpleLazyObject(lambda: bool(user and can_open_studio(user))),
    }


def _can_moderate(user: User) -> bool:
    """Staff who sit at the moderators' desk; others find it on the boards they moderate."""
    return may_enter_staff_pages(user) and desk_of(user) is not None
