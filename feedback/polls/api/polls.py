"""/api/v1/topics/…/polls/ and /api/v1/polls/: reading polls, making them, looking after them."""

from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.builds.models import Build
from feedback.polls import permissions, showing
from feedback.polls.api.finding import (
    READ,
    TAGS,
    WRITES,
    managed_or_404,
    member_of,
    poll_or_404,
    told,
    topic_or_404,
)
from feedback.polls.domain import closing, making
from feedback.polls.domain.questions import Question
from feedback.polls.models import MOST_OPTIONS, Poll
from feedback.polls.representation import OptionSent, OptionShape, PollSent, PollShape


def _shown(request: Request, poll: Poll) -> dict[str, Any]:
    found = showing.shown_one(poll, request.user, timezone.now())
    return dict(PollShape(found).data)


class ReadOrWrite(APIView):
    """Read by whoever reads the topic, written with the right to write."""

    def get_permissions(self) -> list[Any]:
        is_read = self.request.method in {"GET", "HEAD", "OPTIONS"}
        return [permission() for permission in (READ if is_read else WRITES)]


class TopicPolls(ReadOrWrite):
    """The polls of a topic: a handful."""

    @extend_schema(
        operation_id="polls_list",
        summary="List the polls of a topic",
        tags=TAGS,
        responses=PollShape(many=True),
    )
    def get(self, request: Request, pk: int) -> Response:
        polls = showing.to_be_read(topic_or_404(request, pk), request.user)
        found = showing.shown(polls, request.user, timezone.now())
        return Response([PollShape(one).data for one in found])

    @extend_schema(
        operation_id="polls_create",
        summary="Put a poll into a topic",
        tags=TAGS,
        description="Who opened the topic, moderators of its board, managers of products.",
        request=PollSent,
        responses={201: PollShape},
    )
    def post(self, request: Request, pk: int) -> Response:
        topic, now = topic_or_404(request, pk), timezone.now()
        form = PollSent(data=request.data)
        form.is_valid(raise_exception=True)
        if not permissions.may_make(request.user, topic, now):
            raise PermissionDenied
        question = _question(form.validated_data)
        with told():
            poll = making.make_poll(topic=topic, question=question, by=member_of(request), at=now)
        made = Poll.objects.to_show().get(pk=poll.pk)
        return Response(_shown(request, made), status=status.HTTP_201_CREATED)


class OnePoll(ReadOrWrite):
    """A poll."""

    @extend_schema(
        operation_id="polls_retrieve", summary="Read a poll", tags=TAGS, responses=PollShape
    )
    def get(self, request: Request, pk: int) -> Response:
        return Response(_shown(request, poll_or_404(request, pk)))

    @extend_schema(
        operation_id="polls_destroy",
        summary="Withdraw a poll in which nobody has voted",
        tags=TAGS,
        description="Moderators also when somebody has; the staff log keeps what was asked.",
        responses={204: OpenApiResponse(description="Gone.")},
    )
    def delete(self, request: Request, pk: int) -> Response:
        poll = managed_or_404(request, pk)
        may_drop = permissions.may_hide(request.user, poll)
        with told():
            making.withdraw(
                poll=poll, by=member_of(request), at=timezone.now(), may_drop_votes=may_drop
            )
        return Response(status=status.HTTP_204_NO_CONTENT)


class PollOptions(APIView):
    """What can be chosen."""

    permission_classes = WRITES

    @extend_schema(
        operation_id="polls_add_option",
        summary="Add an option; votes stay as they are",
        tags=TAGS,
        request=OptionSent,
        responses={201: OptionShape},
    )
    def post(self, request: Request, pk: int) -> Response:
        poll, form = managed_or_404(request, pk), OptionSent(data=request.data)
        form.is_valid(raise_exception=True)
        text = form.validated_data["text"]
        with told():
            option = making.add_option(
                poll=poll, text=text, by=member_of(request), at=timezone.now()
            )
        return Response(OptionShape(option).data, status=status.HTTP_201_CREATED)


class End(APIView):
    """The end of a poll, before its time."""

    permission_classes = WRITES

    @extend_schema(
        operation_id="polls_end",
        summary="Close a poll now",
        tags=TAGS,
        request=None,
        responses=PollShape,
    )
    def post(self, request: Request, pk: int) -> Response:
        poll = managed_or_404(request, pk)
        with told():
            closing.end(poll_id=poll.pk)
        return Response(_shown(request, Poll.objects.to_show().get(pk=pk)))


def _question(sent: dict[str, Any]) -> Question:
    """What was sent, its build and group found by name."""
    build, group = sent.pop("build", ""), sent.pop("group", "")
    is_single = sent["kind"] == Poll.Kind.SINGLE
    sent.setdefault("most", 1 if is_single else MOST_OPTIONS)
    return Question(
        **sent,
        build=_found(Build.objects.public(), "build", slug=build) if build else None,
        group=_found(Group.objects.all(), "group", name=group) if group else None,
    )


def _found(rows: Any, field: str, **by: str) -> Any:
    row = rows.filter(**by).first()
    if row is None:
        raise ValidationError({field: [_("There is none of this name.")]})
    return row
