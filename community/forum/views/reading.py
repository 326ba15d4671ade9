"""The page of a topic, which members share, and the lasting address of a post."""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from community.forum import permissions, slots
from community.forum.finding import post_or_404, topic_or_404
from community.forum.finding import reader as signed_in
from community.forum.forms import PostForm, ShortReply
from community.forum.looks import Beholder, TopicLook
from community.forum.models import Board, Tag, Topic
from community.forum.queries.joining import own_reactions
from community.forum.queries.posts import ShownPost, page_of, posts_on, waiting_posts
from community.forum.queries.reader import CONTINUOUS, READING_COOKIE, Reader, address_of, reader_of
from community.forum.references import Named, find_all


class TopicPage:
    """What readers of one audience see alike of a page of a topic."""

    def __init__(self, topic: Topic, number: str | int, reader: Reader, at: datetime) -> None:
        self.topic = topic
        self.at = at
        self.moderates = reader.moderates
        self.is_continuous = reader.is_continuous
        # Moderators see every change at once, and what is hidden from others.
        self.audience = None if reader.moderates else (reader.is_continuous,)
        self.page: Page[int] = page_of(topic, number)

    @cached_property
    def posts(self) -> Sequence[ShownPost]:
        return posts_on(self.topic, self.page)

    @cached_property
    def tags(self) -> Sequence[Tag]:
        return sorted(self.topic.tags.all(), key=attrgetter("sort", "name"))

    @cached_property
    def builds(self) -> dict[str, Named]:
        """The build a bug was met in and the one that mends it: by "met" and "mended"."""
        named = {"met": self.topic.build, "mended": self.topic.fixed_in}
        found = find_all(filter(None, named.values()))
        return {role: found[key] for role, key in named.items() if key in found}

    @property
    def heads(self) -> SafeString:
        """What other rooms say of the topic."""
        return slots.heads_of(self.topic, self.at)

    @property
    def first_words(self) -> str:
        """What a preview of the page quotes: the first post that everybody sees."""
        return next((post.body for post in self.posts if post.is_visible), "")

    @property
    def look(self) -> TopicLook:
        return TopicLook(
            is_locked=self.is_locked,
            is_hidden=self.topic.hidden_at is not None,
            is_held=self.topic.held_at is not None,
            is_public=self.is_public,
            is_continuous=self.is_continuous,
        )

    @property
    def is_public(self) -> bool:
        return self.topic.board.readers == Board.Readers.EVERYBODY

    @property
    def last_number(self) -> int:
        return self.page.object_list[-1]

    @property
    def is_locked(self) -> bool:
        return self.topic.is_closed(self.at)


@require_safe
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    shown = topic_or_404(request, pk)
    if shown.merged_into_id:
        # For now: a merge can be undone.
        return redirect("forum:topic", pk=shown.merged_into_id)
    return topic_page(request, shown, ShortReply(request.user, shown), request.GET.get("page", "1"))


def topic_page(
    request: HttpRequest,
    topic: Topic,
    form: PostForm | ShortReply,
    page: str | int,
    status: int = 200,
) -> HttpResponse:
    """A page of a topic with the form below it; what was typed into it is its reader's alone."""
    now = timezone.now()
    is_continuous = request.COOKIES.get(READING_COOKIE) == CONTINUOUS
    reader = reader_of(request.user, topic, is_continuous=is_continuous)
    shared = TopicPage(topic, page, reader, now)
    if form.is_bound:
        shared.audience = None
    resume = address_of(topic, reader.place) if reader.place > 1 else ""
    unread = address_of(topic, reader.last_read + 1) if reader.last_read else ""
    may_reply = permissions.may_reply(request.user, topic, now)
    context = {
        "shared": shared,
        "reader": reader,
        # Where they left, and the first post they have not read.
        "resume": resume,
        "first_unread": unread if reader.last_read < topic.post_count else "",
        "topic": topic,
        "form": form,
        "may_reply": may_reply,
        "waiting": waiting_posts(topic, signed_in(request)) if reader.waits else (),
        "beholder": Beholder(
            user=request.user, reader=reader, topic=topic, may_reply=may_reply, at=now
        ),
        "my_reactions": lambda: own_reactions(request.user, topic, shared.page),
        "now": now,
    }
    return render(request, "forum/topic.html", context, status=status)


@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """A lasting address for a post, whatever page it stands on."""
    return redirect(post_or_404(request, pk))
