"""/api/v1/notices/: what a member is told, listed, counted and read."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.api.pages import CursorPages
from community.members.api.scoped import DONE, Scoped, done
from community.members.api.sent import Sent, sent
from community.members.models import Member
from community.notices import queries
from community.notices.domain import reading
from community.notices.models import Notice, NoticeQuerySet

LONGEST_KIND = 40


class NoticeShape(serializers.Serializer[Notice]):
    """A notice; `text` is a sentence in the reader's language, `url` is where it leads."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    text = serializers.CharField(source="__str__")
    excerpt = serializers.SerializerMethodField()
    # How many times something was told about the same.
    count = serializers.IntegerField()
    url = serializers.CharField()
    told_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)

    def get_excerpt(self, notice: Notice) -> str:
        return str(notice.words.get("excerpt", ""))


class UnreadShape(serializers.Serializer[Any]):
    """How many notices one has not read; the same on every device."""

    unread = serializers.IntegerField()


class OfKind(Sent):
    """A kind such as forum.mention; "" is every kind."""

    kind = serializers.CharField(max_length=LONGEST_KIND, default="", allow_blank=True)


class Wanted(OfKind):
    unread = serializers.BooleanField(default=False, help_text="Only those I have not read.")


class Newest(CursorPages):
    """What was told last comes first."""

    ordering = ("-told_at", "-pk")
    page_size = 30


class NoticeList(Scoped, generics.ListAPIView[Notice]):
    """One's notices, newest first."""

    serializer_class = NoticeShape
    pagination_class = Newest
    queryset = Notice.objects.none()

    def get_queryset(self) -> NoticeQuerySet:
        asked = sent(Wanted(data=self.request.query_params))
        notices = queries.notices_of(self.member, kind=asked["kind"], is_unread=asked["unread"])
        return notices.select_related("by", "member")

    def paginate_queryset(self, queryset: Any) -> list[Any] | None:
        """Of what was hidden since, or moved out of sight, nothing is quoted any more."""
        page = super().paginate_queryset(queryset)
        return page and list(queries.as_of_now(page))

    @extend_schema(
        operation_id="notices_list",
        summary="List my notices",
        tags=["notices"],
        parameters=[Wanted],
    )
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        return super().get(request, *args, **kwargs)


class Unread(Scoped):
    @extend_schema(
        operation_id="notices_unread",
        summary="Count what I have not read",
        tags=["notices"],
        responses=UnreadShape,
    )
    def get(self, request: Request) -> Response:
        return _unread(self.member)


class ReadAll(Scoped):
    @extend_schema(
        operation_id="notices_read_all",
        summary="Mark my notices as read",
        tags=["notices"],
        request=OfKind,
        responses=UnreadShape,
    )
    def post(self, request: Request) -> Response:
        kind = sent(OfKind(data=request.data))["kind"]
        reading.read_all(member=self.member, kind=kind, at=timezone.now())
        return _unread(self.member)


class ReadOne(Scoped):
    @extend_schema(
        operation_id="notices_read",
        summary="Mark a notice as read",
        tags=["notices"],
        request=None,
        responses=DONE,
    )
    def post(self, request: Request, pk: int) -> Response:
        try:
            reading.read_one(member=self.member, notice_id=pk, at=timezone.now())
        except Notice.DoesNotExist as error:
            raise Http404 from error
        return done()


def _unread(member: Member) -> Response:
    return Response({"unread": queries.unread_count(member)})
