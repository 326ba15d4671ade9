"""What topics show of polls: the polls themselves, and the way to add one."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from community.builds.permissions import can_open_studio
from community.forum.models import Topic
from community.forum.permissions import moderates as moderates_board
from community.members.permissions import is_member
from feedback.polls import showing


def polls(request: HttpRequest, topic: Topic) -> str:
    """Every poll of a topic, as its reader may see it."""
    now = timezone.now()
    found = showing.shown(showing.to_be_read(topic, request.user), request.user, now)
    if not found:
        return ""
    moderates = is_member(request.user) and moderates_board(request.user, topic.board)
    context = {"polls": found, "moderates": moderates, "now": now}
    return render_to_string("polls/panel.html", context, request)


def add_a_poll(request: HttpRequest, topic: Topic, moderates: bool) -> str:  # noqa: FBT001 a panel is called so by its slot
    """For whoever may make one, as far as can be told without asking the database."""
    user = request.user
    if not user.is_authenticated or not topic.is_visible:
        return ""
    if topic.author_id != user.pk and not moderates and not can_open_studio(user):
        return ""
    return render_to_string("polls/add.html", {"topic": topic})
