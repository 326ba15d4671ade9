"""The page of a topic, and the lasting address of a post."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from operator import attrgetter

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from community.forum import permissions, slots
from community.forum.finding import post_or_404, topic_or_404
from community.forum.finding import reader as signed_in
from community.forum.forms import ShortReply
from community.forum.looks import Beholder, ClosedLook, FactsLook, PageLook, PostLook, WatchChoice
from community.forum.models import Board, Kind, Post, Tag, Topic, Watch
from community.forum.queries.posts import ShownPost, numbers_on, page_of, posts_on, waiting_posts
from community.forum.queries.reader import CONTINUOUS, READING_COOKIE, address_of, reader_of
from community.forum.references import Named, find_all
from community.text.pages import PageStencil

PAGE = PageStencil("forum/topic.html")


class TopicPage:
    """What one reader sees of a page of a topic; most of it is asked for as it is filled in."""

    def __init__(self, request: HttpRequest, topic: Topic, at: datetime) -> None:
        self._request, self.topic, self.at = request, topic, at
        self.user = request.user
        self.page: Page[int] = page_of(topic, request.GET.get("page", "1"))
        self.reader = reader_of(
            self.user,
            topic,
            numbers_on(self.page),
            is_continuous=request.COOKIES.get(READING_COOKIE) == CONTINUOUS,
            at=at,
        )

    @cached_property
    def look(self) -> PageLook:
        topic, reader = self.topic, self.reader
        return PageLook(
            is_for_member=self.user.is_authenticated,
            is_moderated=reader.moderates,
            may_reply=self.may_reply,
            waits=reader.waits,
            is_continuous=reader.is_continuous,
            is_public=topic.board.readers == Board.Readers.EVERYBODY,
            closed=ClosedLook.of(topic, self.at),
            is_locked=topic.is_locked,
            is_hidden=topic.hidden_at is not None,
            is_held=topic.held_at is not None,
            is_first=not self.page.has_previous(),
            is_last=not self.page.has_next(),
            has_posts=bool(topic.post_count),
        )

    @cached_property
    def may_reply(self) -> bool:
        return permissions.may_reader_reply(
            self.user,
            self.topic,
            self.at,
            moderates=self.reader.moderates,
            may_write=self.reader.may_write,
        )

    # --- the head -----------------------------------------------------------------------------
    @property
    def facts(self) -> FactsLook | None:
        """None for a talk of which there is nothing to say."""
        topic = self.topic
        if topic.kind in {Kind.TALK, Kind.ANNOUNCEMENT} and not self.tags:
            return None
        return FactsLook(
            kind=topic.kind,
            is_fixed=bool(topic.fixed_in),
            has_device=bool(topic.device),
            has_build=bool(topic.build),
            links_build=self.met is not None,
            is_answered=topic.best_answer_id is not None,
            is_official=topic.official_at is not None,
        )

    @cached_property
    def tags(self) -> Sequence[Tag]:
        return sorted(self.topic.tag_list, key=attrgetter("sort", "name"))

    @property
    def met(self) -> Named | None:
        """The build a bug was met in, if it has a page."""
        return self._builds.get(self.topic.build)

    @property
    def mended(self) -> str:
        """What the build that mends it is called."""
        named = self._builds.get(self.topic.fixed_in)
        return named.title if named else self.topic.fixed_in

    @cached_property
    def _builds(self) -> dict[str, Named]:
        return find_all(filter(None, [self.topic.build, self.topic.fixed_in]))

    @cached_property
    def watch(self) -> WatchChoice:
        level = Watch.Level(self.reader.level)
        return WatchChoice(name="topic", pk=self.topic.pk, level=level)

    @property
    def tools(self) -> SafeString:
        """What other rooms put beside the topic's actions."""
        return slots.tools_of(self._request, self.topic, moderates=self.reader.moderates)

    @property
    def heads(self) -> SafeString:
        """What other rooms say of the topic."""
        return slots.heads_of(self.topic, self.at)

    @property
    def resume(self) -> str:
        """Where they left; "" for the beginning."""
        place = self.reader.place
        return address_of(self.topic, place) if place > 1 else ""

    @property
    def first_unread(self) -> str:
        """The first post they have not read of a topic they have begun."""
        last_read = self.reader.last_read
        has_unread = 0 < last_read < self.topic.post_count
        return address_of(self.topic, last_read + 1) if has_unread else ""

    @property
    def left(self) -> tuple[bool, bool]:
        """Which of the two there are."""
        return bool(self.first_unread), bool(self.resume)

    # --- the posts ----------------------------------------------------------------------------
    @cached_property
    def posts(self) -> Sequence[ShownPost]:
        return posts_on(self.topic, self.page)

    @property
    def seen(self) -> Iterator[tuple[ShownPost, PostLook]]:
        """The posts, as this reader sees them."""
        beholder = Beholder(
            user=self.user,
            reader=self.reader,
            topic=self.topic,
            may_reply=self.may_reply,
            at=self.at,
        )
        return beholder.looks(self.posts)

    @property
    def panels(self) -> SafeString:
        """What other rooms show below the first post."""
        is_there = self.topic.has_panels and self.page.number == 1
        return slots.panels_of(self._request, self.topic) if is_there else SafeString()

    @property
    def first_words(self) -> str:
        """What a preview of the page quotes: the first post that everybody sees."""
        return next((post.body for post in self.posts if post.is_visible), "")

    @property
    def last_number(self) -> int:
        return numbers_on(self.page)[-1]

    @property
    def my_reactions(self) -> str:
        return " ".join(self.reader.reactions)

    @property
    def waiting(self) -> QuerySet[Post]:
        return waiting_posts(self.topic, signed_in(self._request))


@require_safe
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    shown = topic_or_404(request, pk)
    if shown.merged_into_id:
        # For now: a merge can be undone.
        return redirect("forum:topic", pk=shown.merged_into_id)
    here = TopicPage(request, shown, timezone.now())
    words = {"here": here, "topic": shown, "form": ShortReply(request.user, shown)}
    return PAGE.response(request, here.look, words)


@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """A lasting address for a post, whatever page it stands on."""
    return redirect(post_or_404(request, pk))
