"""Atom feeds of boards, tags and topics: what everybody may read, newest first."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from community.forum.models import Board, Post, Tag, Topic

ENTRIES = 30


class PostsFeed(Feed):
    """Posts, each with its words."""

    feed_type = Atom1Feed
    # Of whoever reads it: each request has a feed of its own.
    request: HttpRequest

    @classmethod
    def as_view(cls) -> Callable[..., HttpResponse]:
        """A view whose links lead to where the site was asked, whatever port that is."""

        def view(request: HttpRequest, **names: object) -> HttpResponse:
            feed = cls()
            feed.request = request
            return feed(request, **names)

        return view

    def title(self, about: Board | Tag | Topic) -> str:
        return f"{about} · {_('Orange Friday')}"

    def link(self, about: Board | Tag | Topic) -> str:
        return self._absolute(about.get_absolute_url())

    def feed_url(self, _about: Board | Tag | Topic) -> str:
        return self._absolute(self.request.path)

    def item_title(self, item: Post) -> str:
        return item.topic.title if item.number == 1 else f"{item.topic} #{item.number}"

    def item_description(self, item: Post) -> str:
        return item.rendered

    def item_link(self, item: Post) -> str:
        return self._absolute(item.get_absolute_url())

    def item_guid(self, item: Post) -> str:
        return self._absolute(reverse("forum:post", args=[item.pk]))

    def item_author_name(self, item: Post) -> str:
        return str(item.author) if item.author else _("Orange Friday")

    def item_pubdate(self, item: Post) -> datetime:
        return item.created_at

    def item_updateddate(self, item: Post) -> datetime:
        return item.edited_at or item.created_at

    def _absolute(self, path: str) -> str:
        return self.request.build_absolute_uri(path)


def openings(topics: QuerySet[Topic]) -> QuerySet[Post]:
    """The posts that open the newest of these topics."""
    newest = topics.order_by("-created_at", "-pk").values_list("pk", flat=True)[:ENTRIES]
    posts = Post.objects.visible().filter(number=1, topic__in=list(newest))
    return posts.select_related("topic", "author").order_by("-created_at", "-pk")


class BoardFeed(PostsFeed):
    """New topics of a board."""

    def get_object(self, _request: HttpRequest, slug: str) -> Board:
        return get_object_or_404(Board, slug=slug, readers=Board.Readers.EVERYBODY)

    def subtitle(self, about: Board) -> str:
        return about.blurb

    def items(self, about: Board) -> Iterable[Post]:
        return openings(Topic.objects.readable_by_everybody().filter(board=about))


class TagFeed(PostsFeed):
    """New topics of a tag."""

    def get_object(self, _request: HttpRequest, folded: str) -> Tag:
        return get_object_or_404(Tag, folded=folded)

    def items(self, about: Tag) -> Iterable[Post]:
        return openings(Topic.objects.readable_by_everybody().filter(tags=about))


class TopicFeed(PostsFeed):
    """New posts of a topic."""

    def get_object(self, _request: HttpRequest, pk: int) -> Topic:
        readable = Topic.objects.readable_by_everybody()
        return get_object_or_404(readable, pk=pk)

    def items(self, about: Topic) -> Iterable[Post]:
        last = about.post_count
        posts = about.posts.visible().numbered(last - ENTRIES + 1, last)
        return posts.select_related("topic", "author").reverse()
