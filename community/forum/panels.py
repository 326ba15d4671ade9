"""What the forum shows on other rooms' pages."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from community.forum.models import Board, Post, Topic
from community.forum.queries.boards import topics_of_member
from community.forum.queries.naming import topics_naming
from community.honours.rules import ids
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


def levels_of_boards() -> list[tuple[int, str]]:
    """What a level opens in the forum, for the page of levels."""
    boards = list(Board.objects.order_by("position", "pk"))
    opens = _("open topics on %(board)s")
    replies = _("reply on %(board)s")
    return [
        (level, words % {"board": board})
        for board in boards
        for level, words in ((board.level_to_open, opens), (board.level_to_reply, replies))
        if level
    ]


def fixed_bugs(sources: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    """The reports that experience was given for: title and address by source."""
    topics = Topic.objects.visible().filter(pk__in=ids(sources))
    return {f"topic:{topic.pk}": (topic.title, topic.get_absolute_url()) for topic in topics}


def discussed(request: HttpRequest, things: Mapping[str, Iterable[str]]) -> SafeString | str:
    """Where things are discussed, by kind and key; the same for all readers of a page."""
    topics = topics_naming(things)
    if not topics:
        return ""
    return render_to_string("forum/discussed.html", {"topics": topics}, request)


def member_discussed(request: HttpRequest, member: Member, _at: datetime) -> SafeString | str:
    """The topics in which somebody mentions a member."""
    return discussed(request, {"member": [member.username]})
