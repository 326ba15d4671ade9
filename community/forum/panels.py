"""What the forum shows on other rooms' pages."""

from datetime import datetime

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community.forum.models import Post, Topic
from community.forum.queries.boards import topics_of_member
from community.members.models import Member


def topics_on_profile(request: HttpRequest, member: Member, at: datetime) -> SafeString | str:
    """The topics a member has started lately, for their profile."""
    topics = topics_of_member(member, request.user)
    if not topics:
        return ""
    return render_to_string("forum/profile_topics.html", {"topics": topics, "now": at}, request)


def topics_of(member: Member) -> tuple[str, int]:
    """How many topics a member has started."""
    return _("topics"), Topic.objects.filter(author=member).count()


def posts_of(member: Member) -> tuple[str, int]:
    """How many posts a member has written, those that open topics included."""
    return _("posts"), Post.objects.filter(author=member).count()
