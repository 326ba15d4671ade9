"""/api/v1/notices/: what a member is told, and what they choose to be told where."""

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
from community.notices.domain import choosing, reading
from community.notices.matrix import matrix_of
from community.notices.models import Channel, Notice, NoticeQuerySet

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


class ChoiceShape(Sent):
    """One kind on one channel; what cannot be changed stays as it is."""

    kind = serializers.CharField(max_length=LONGEST_KIND)
    channel = serializers.ChoiceField(Channel.choices)
    is_on = serializers.BooleanField()
    can_change = serializers.BooleanField(read_only=True)


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
        return notices.select_related("by")

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


class Choices(Scoped):
    """The matrix of kinds and channels."""

    @extend_schema(
        operation_id="notices_choices",
        summary="Read what I am told where",
        tags=["notices"],
        responses=ChoiceShape(many=True),
    )
    def get(self, request: Request) -> Response:
        return _choices(self.member)

    @extend_schema(
        operation_id="notices_choose",
        summary="Choose what I am told where",
        tags=["notices"],
        description="What is not named stays.",
        request=ChoiceShape(many=True),
        responses=ChoiceShape(many=True),
    )
    def patch(self, request: Request) -> Response:
        form = ChoiceShape(data=request.data, many=True)
        form.is_valid(raise_exception=True)
        said = {(one["kind"], one["channel"]): one["is_on"] for one in form.validated_data}
        now = {cell.pair: cell.is_on for row in matrix_of(self.member) for cell in row.cells}
        choosing.choose(
            member=self.member, wanted=[pair for pair, is_on in (now | said).items() if is_on]
        )
        return _choices(self.member)


def _unread(member: Member) -> Response:
    return Response({"unread": queries.unread_count(member)})


def _choices(member: Member) -> Response:
    cells = [cell for row in matrix_of(member) for cell in row.cells]
    return Response(ChoiceShape(cells, many=True).data)
