"""What the forum shows on other rooms' pages."""

from datetime import datetime

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from community.forum.queries import topics_of_member
from community.members.models import Member


def topics_on_profile(request: HttpRequest, member: Member, at: datetime) -> SafeString | str:
    """The topics a member has started lately, for their profile."""
    topics = topics_of_member(member)
    if not topics:
        return ""
    return render_to_string("forum/profile_topics.html", {"topics": topics, "now": at}, request)
