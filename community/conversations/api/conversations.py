"""/api/v1/conversations/: one's own private conversations."""

from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.exceptions import APIException, PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from community.conversations import queries
from community.conversations.domain import refusals, talking
from community.conversations.models import MOST_MEMBERS, Message, Participation
from community.conversations.words import sentence
from community.members.api.pages import CursorPages
from community.members.api.relations import OF_PEOPLE
from community.members.models import Member
from community.members.permissions import may_write

LONGEST_NAME = 40


class ConversationShape(serializers.Serializer[Participation]):
    """A conversation one takes part in."""

    id = serializers.IntegerField(source="conversation_id", read_only=True)
    title = serializers.CharField(source="conversation.title", read_only=True)
    with_members = serializers.SerializerMethodField()
    is_unread = serializers.BooleanField(read_only=True)
    last_message_at = serializers.DateTimeField(
        source="conversation.last_message_at", read_only=True
    )

    def get_with_members(self, row: Participation) -> list[str]:
        return [other.member.username for other in row.conversation.others]  # type: ignore[attr-defined]  # set by the query


class MessageShape(serializers.Serializer[Message]):
    """A message; `author` is null when they have left the site, `body` "" when withdrawn."""

    id = serializers.IntegerField(read_only=True)
    author = serializers.CharField(source="author.username", default=None, read_only=True)
    body = serializers.CharField(max_length=10_000, help_text="Markdown.")
    sent_at = serializers.DateTimeField(read_only=True)
    edited_at = serializers.DateTimeField(read_only=True, allow_null=True)
    submission_key = serializers.UUIDField(
        write_only=True, required=False, help_text="Sent again with the same key, it is one."
    )


class BeginShape(serializers.Serializer[Any]):
    """A new conversation with its first message."""

    members = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_NAME),
        min_length=1,
        max_length=MOST_MEMBERS - 1,
    )
    title = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)
    body = serializers.CharField(max_length=10_000, help_text="Markdown.")
    submission_key = serializers.UUIDField(required=False)


class Problem(APIException):
    """The domain's refusal, as a problem."""

    status_code = status.HTTP_409_CONFLICT

    def __init__(self, refused: refusals.Refused) -> None:
        super().__init__(sentence(refused), refused.code)


class Newest(CursorPages):
    page_size = 30


class NewestConversations(Newest):
    ordering = ("-conversation__last_message_at", "-conversation_id")

    def _get_position_from_instance(self, instance: Any, ordering: Any) -> str:
        return str(instance.conversation.last_message_at)


class NewestMessages(Newest):
    ordering = "-pk"


def writer(request: Request) -> Member:
    """Who asks, if they may write now; raises PermissionDenied."""
    member = cast("Member", request.user)
    if not may_write(member, timezone.now()):
        raise PermissionDenied
    return member


def named(usernames: list[str]) -> list[Member]:
    """Members by login name; raises ValidationError when one is not there."""
    names = {name.lower() for name in usernames}
    found = list(Member.objects.filter(username__in=names, is_active=True))
    if len(found) < len(names):
        raise ValidationError({"members": [_("There is no such member.")]})
    return found


class ConversationList(generics.ListAPIView[Participation]):
    """One's own conversations, the last talked in first."""

    permission_classes = OF_PEOPLE
    serializer_class = ConversationShape
    pagination_class = NewestConversations

    def get_queryset(self) -> QuerySet[Participation]:
        return queries.listed(cast("Member", self.request.user))

    @extend_schema(tags=["conversations"], summary="List your conversations")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["conversations"],
        summary="Begin a conversation",
        request=BeginShape,
        responses={201: ConversationShape},
    )
    def post(self, request: Request) -> Response:
        form = BeginShape(data=request.data)
        form.is_valid(raise_exception=True)
        sent, author = form.validated_data, writer(request)
        others = named(sent.pop("members"))
        try:
            begun = talking.begin(author=author, others=others, at=timezone.now(), **sent)
        except refusals.Refused as refused:
            raise Problem(refused) from refused
        row = queries.listed(author).get(conversation=begun)
        return Response(ConversationShape(row).data, status=status.HTTP_201_CREATED)


class MessageList(generics.ListAPIView[Message]):
    """The messages of a conversation one takes part in, the latest first."""

    permission_classes = OF_PEOPLE
    serializer_class = MessageShape
    pagination_class = NewestMessages
    queryset = Message.objects.none()

    def _own(self) -> Participation:
        own = queries.own(cast("Member", self.request.user))
        return get_object_or_404(own, conversation=self.kwargs["pk"])

    def get_queryset(self) -> QuerySet[Message]:
        return queries.messages_of(self._own())

    @extend_schema(tags=["conversations"], summary="Read a conversation")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["conversations"],
        summary="Send a message",
        request=MessageShape,
        responses={201: MessageShape},
    )
    def post(self, request: Request, pk: int) -> Response:
        own, form = self._own(), MessageShape(data=request.data)
        form.is_valid(raise_exception=True)
        try:
            message = talking.answer(
                conversation=own.conversation,
                author=writer(request),
                at=timezone.now(),
                **form.validated_data,
            )
        except refusals.Refused as refused:
            raise Problem(refused) from refused
        return Response(MessageShape(message).data, status=status.HTTP_201_CREATED)
