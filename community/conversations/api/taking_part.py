"""/api/v1/conversations/…: who takes part, how far one has read, one's own last words."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.conversations import queries
from community.conversations.api.conversations import (
    LONGEST_NAME,
    MessageShape,
    Problem,
    named,
    writer,
)
from community.conversations.domain import refusals, taking_part, talking
from community.conversations.models import MOST_MEMBERS, Message, Participation
from community.members.api.scoped import DONE, Scoped, done
from community.members.api.sent import Sent, sent
from community.members.models import ApiToken
from community.notices.domain.reading import read_about


class AddSent(Sent):
    """Login names."""

    members = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_NAME),
        min_length=1,
        max_length=MOST_MEMBERS - 1,
    )


class UntilSent(Sent):
    """The id of the last message one has read."""

    until = serializers.IntegerField(min_value=1, max_value=2**62)


class BodySent(Sent):
    body = serializers.CharField(max_length=10_000, help_text="Markdown.")


class InConversations(Scoped):
    """A token needs the scope for people."""

    reads_with = writes_with = ApiToken.Scope.PEOPLE

    def own(self, pk: int) -> Participation:
        """The reader's part in a conversation; 404 for everybody else, staff too."""
        return get_object_or_404(queries.own(self.member), conversation=pk)


class OneConversation(InConversations):
    @extend_schema(
        operation_id="conversations_leave",
        summary="Leave a conversation",
        tags=["conversations"],
        responses=DONE,
    )
    def delete(self, request: Request, pk: int) -> Response:
        taking_part.leave(participation=self.own(pk), at=timezone.now())
        return done()


class Members(InConversations):
    @extend_schema(
        operation_id="conversations_add",
        summary="Let others take part",
        tags=["conversations"],
        description="From now on; what was said before stays between the others. All or nobody.",
        request=AddSent,
        responses=DONE,
    )
    def post(self, request: Request, pk: int) -> Response:
        own, others = self.own(pk), named(sent(AddSent(data=request.data))["members"])
        by, now = writer(request), timezone.now()
        try:
            with transaction.atomic():
                for other in others:
                    taking_part.add_member(
                        conversation=own.conversation, by=by, other=other, at=now
                    )
        except refusals.Refused as refused:
            raise Problem(refused) from refused
        return done()


class ReadUntil(InConversations):
    @extend_schema(
        operation_id="conversations_read",
        summary="Say how far I have read",
        tags=["conversations"],
        request=UntilSent,
        responses=DONE,
    )
    def put(self, request: Request, pk: int) -> Response:
        own = self.own(pk)
        taking_part.mark_read(participation=own, **sent(UntilSent(data=request.data)))
        about = [f"conversation:{own.conversation_id}"]
        read_about(member=self.member, about=about, at=timezone.now())
        return done()


class OneMessage(InConversations):
    """One's own words, within a minute."""

    @extend_schema(
        operation_id="messages_update",
        summary="Say it better",
        tags=["conversations"],
        request=BodySent,
        responses=MessageShape,
    )
    def patch(self, request: Request, pk: int) -> Response:
        message, body = self._mine(pk), sent(BodySent(data=request.data))["body"]
        try:
            edited = talking.edit(
                message=message, author=writer(request), body=body, at=timezone.now()
            )
        except refusals.TooLate as refused:
            raise Problem(refused) from refused
        return Response(MessageShape(edited).data)

    @extend_schema(
        operation_id="messages_destroy",
        summary="Take a message back",
        tags=["conversations"],
        responses=DONE,
    )
    def delete(self, request: Request, pk: int) -> Response:
        try:
            talking.withdraw(message=self._mine(pk), author=self.member, at=timezone.now())
        except refusals.TooLate as refused:
            raise Problem(refused) from refused
        return done()

    def _mine(self, pk: int) -> Message:
        message = get_object_or_404(Message, pk=pk, author=self.member)
        self.own(message.conversation_id)
        return message
