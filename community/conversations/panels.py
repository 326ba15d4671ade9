"""What private conversations add to other rooms' pages."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.conversations.permissions import NEW_A_DAY
from community.members.models import Member
from community.members.permissions import may_write_to


def write_to(request: HttpRequest, member: Member) -> SafeString | str:
    """The way to write to a member, where they want that."""
    if not request.user.is_authenticated or not may_write_to(request.user, member):
        return ""
    address = f"{reverse('conversations:begin')}?to={member.username}"
    return format_html('<a class="button" href="{}">{}</a>', address, _("Write"))


def levels() -> list[tuple[int, str]]:
    """How many conversations each level may begin, for the page of levels."""
    return [
        (
            level,
            ngettext("begin %(n)d conversation a day", "begin %(n)d conversations a day", number)
            % {"n": number},
        )
        for level, number in enumerate(NEW_A_DAY)
        if level == 0 or number != NEW_A_DAY[level - 1]
    ]
