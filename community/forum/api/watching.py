"""/api/v1/watches/, /api/v1/bookmarks/: how closely one watches, and what one keeps."""

from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.forum.domain import bookmarks, watching
from community.forum.finding import post_or_404, watched_or_404
from community.forum.models import Bookmark, Watch
from community.forum.queries.bookmarks import bookmark_of, bookmarks_of
from community.forum.queries.watching import level_of
from community.members.api.scoped import DONE, Page, Scoped, address, done
from community.members.api.sent import Sent, sent

LEVELS = {level.name.lower(): level for level in Watch.Level}
WATCHED = OpenApiParameter("name", str, OpenApiParameter.PATH, enum=["topic", "tag", "board"])


class WatchShape(Sent):
    """How closely: what is nearest holds, a topic's own level before its tags' and its board's."""

    level = serializers.ChoiceField(list(LEVELS))


class BookmarkShape(Sent):
    """A post one keeps; at `remind_at` one is told of it."""

    post = serializers.IntegerField(source="post_id", read_only=True)
    title = serializers.CharField(source="post.topic.title", read_only=True)
    url = serializers.CharField(source="post.get_absolute_url", read_only=True)
    note = serializers.CharField(max_length=200, default="", allow_blank=True)
    remind_at = serializers.DateTimeField(default=None, allow_null=True)
    reminded_at = serializers.DateTimeField(read_only=True, allow_null=True)

    def validate_remind_at(self, remind_at: datetime | None) -> datetime | None:
        if remind_at and remind_at <= self.context["at"]:
            raise serializers.ValidationError(_("That moment has passed."))
        return remind_at


class BookmarkPage(Page):
    """Bookmarks, the latest first."""

    results = BookmarkShape(many=True)


class Before(serializers.Serializer[Any]):
    before = serializers.CharField(max_length=20, default="", allow_blank=True)


class OwnWatch(Scoped):
    @extend_schema(
        operation_id="watches_retrieve",
        summary="Read how closely I watch",
        tags=["forum"],
        parameters=[WATCHED],
        responses=WatchShape,
    )
    def get(self, request: Request, name: str, pk: int) -> Response:
        level = level_of(self.member, watched_or_404(request, name, pk))
        return Response({"level": level.name.lower()})

    @extend_schema(
        operation_id="watches_update",
        summary="Choose how closely I watch",
        tags=["forum"],
        parameters=[WATCHED],
        request=WatchShape,
        responses=WatchShape,
    )
    def put(self, request: Request, name: str, pk: int) -> Response:
        what, chosen = watched_or_404(request, name, pk), sent(WatchShape(data=request.data))
        level = LEVELS[chosen["level"]]
        watching.watch(member=self.member, what=what, level=level, at=timezone.now())
        return Response(chosen)


class BookmarkList(Scoped):
    @extend_schema(
        operation_id="bookmarks_list",
        summary="List my bookmarks",
        tags=["forum"],
        parameters=[Before],
        responses=BookmarkPage,
    )
    def get(self, request: Request) -> Response:
        asked = sent(Before(data=request.query_params))
        shown = bookmarks_of(self.member, asked["before"])
        page = {"next": address(request, {"before": shown.older}), "results": shown.bookmarks}
        return Response(BookmarkPage(page).data)


class OwnBookmark(Scoped):
    """One's bookmark of a post."""

    @extend_schema(
        operation_id="bookmarks_retrieve",
        summary="Read my bookmark of a post",
        tags=["forum"],
        responses=BookmarkShape,
    )
    def get(self, request: Request, pk: int) -> Response:
        kept = bookmark_of(self.member, post_or_404(request, pk))
        if kept is None:
            raise Http404
        return _told(kept)

    @extend_schema(
        operation_id="bookmarks_update",
        summary="Bookmark a post",
        tags=["forum"],
        description="Done again, the note and the reminder are the new ones.",
        request=BookmarkShape,
        responses=BookmarkShape,
    )
    def put(self, request: Request, pk: int) -> Response:
        now, post = timezone.now(), post_or_404(request, pk)
        said = sent(BookmarkShape(data=request.data, context={"at": now}))
        return _told(bookmarks.keep(member=self.member, post=post, at=now, **said))

    @extend_schema(
        operation_id="bookmarks_destroy",
        summary="Take a bookmark away",
        tags=["forum"],
        responses=DONE,
    )
    def delete(self, request: Request, pk: int) -> Response:
        bookmarks.drop(member=self.member, post=post_or_404(request, pk))
        return done()


def _told(bookmark: Bookmark) -> Response:
    return Response(BookmarkShape(bookmark).data)
