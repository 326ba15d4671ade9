"""/api/v1/topics/…/polls/ and /api/v1/polls/: reading polls, voting, making them, files."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.contrib.auth.models import Group
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import APIException, PermissionDenied, ValidationError
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.builds.models import Build
from community.forum.models import Topic
from community.forum.permissions import may_read
from community.members.api import HasScope
from community.members.models import ApiToken, Member
from feedback.polls import exporting, permissions, queries, showing
from feedback.polls.domain import closing, making, voting
from feedback.polls.domain.questions import Question
from feedback.polls.domain.refusals import BadQuestion, NotEligible, Refused, WrongChoices
from feedback.polls.models import MOST_OPTIONS, Poll
from feedback.polls.representation import (
    OptionSent,
    OptionShape,
    PollSent,
    PollShape,
    VoteKept,
    VoteSent,
)

Permissions = list[type[BasePermission]]
TAGS = ["polls"]
READ: Permissions = [AllowAny, HasScope]
VOTES: Permissions = [IsAuthenticated, HasScope.of(ApiToken.Scope.BALLOTS)]
WRITES: Permissions = [IsAuthenticated, HasScope.of(ApiToken.Scope.POSTS)]


class Problem(APIException):
    """A refusal: its code and its sentence."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(str(refused), refused.code)
        self.status_code = (
            status.HTTP_403_FORBIDDEN
            if isinstance(refused, NotEligible)
            else status.HTTP_409_CONFLICT
        )


@contextmanager
def told() -> Iterator[None]:
    """Answer what the domain refuses as a problem."""
    try:
        yield
    except BadQuestion as bad:
        raise ValidationError({bad.field: [str(bad)]}) from bad
    except WrongChoices as wrong:
        raise ValidationError({"options": [str(wrong)]}) from wrong
    except Refused as refused:
        raise Problem(refused) from refused
    except Poll.DoesNotExist as gone:
        raise Http404 from gone


def topic_or_404(request: Request, pk: int) -> Topic:
    topic = get_object_or_404(Topic.objects.select_related("board"), pk=pk)
    if not may_read(request.user, topic):
        raise Http404
    return topic


def poll_or_404(request: Request, pk: int) -> Poll:
    poll = Poll.objects.to_show().filter(pk=pk).first()
    if poll is None or not permissions.may_read_poll(request.user, poll):
        raise Http404
    return poll


def managed_or_404(request: Request, pk: int) -> Poll:
    poll = poll_or_404(request, pk)
    if not permissions.may_manage(request.user, poll):
        raise Http404
    return poll


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
        polls = queries.polls_of(topic_or_404(request, pk))
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
            poll = making.make_poll(topic=topic, question=question, by=_member(request), at=now)
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
        may_drop = permissions.may_remove(request.user, poll)
        with told():
            making.withdraw(
                poll=poll, by=_member(request), at=timezone.now(), may_drop_votes=may_drop
            )
        return Response(status=status.HTTP_204_NO_CONTENT)


class Vote(APIView):
    """One's own vote in a poll."""

    permission_classes = VOTES

    @extend_schema(
        operation_id="polls_vote",
        summary="Vote, or change one's vote",
        tags=TAGS,
        description="The same vote again changes nothing. Possible until the poll closes.",
        request=VoteSent,
        responses=VoteKept,
    )
    def put(self, request: Request, pk: int) -> Response:
        poll, form = poll_or_404(request, pk), VoteSent(data=request.data)
        form.is_valid(raise_exception=True)
        chosen = form.validated_data["options"]
        with told():
            saved = voting.vote(poll_id=poll.pk, member=_member(request), options=chosen)
        return Response(VoteKept(saved).data)

    @extend_schema(
        operation_id="polls_take_vote_back",
        summary="Take one's vote back",
        tags=TAGS,
        responses={204: OpenApiResponse(description="No vote, whether there was one or not.")},
    )
    def delete(self, request: Request, pk: int) -> Response:
        poll = poll_or_404(request, pk)
        with told():
            voting.take_back(poll_id=poll.pk, member=_member(request))
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
            option = making.add_option(poll=poll, text=text, by=_member(request), at=timezone.now())
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


class AnyFile(BaseRenderer):
    """Files come as they are, whatever the client accepts."""

    media_type = "*/*"
    format = "file"

    def render(self, data: Any, *_args: Any, **_kwargs: Any) -> bytes:
        return bytes(JSONRenderer().render(data))  # a problem


class Files(APIView):
    """A poll as a file."""

    permission_classes = READ
    renderer_classes = [JSONRenderer, AnyFile]

    @extend_schema(
        operation_id="polls_file",
        summary="Take a poll as a file",
        tags=TAGS,
        description=(
            "`result.csv`, `ballots.csv` or `poll.json`, as far as results are shown. Ballots "
            "name voters where the poll is open about them; in secret polls equal ballots are "
            "one line, once the poll has closed."
        ),
        parameters=[
            OpenApiParameter("name", str, OpenApiParameter.PATH, enum=list(exporting.FILES))
        ],
        responses={
            (200, "text/csv"): OpenApiTypes.STR,
            (200, "application/json"): OpenApiTypes.OBJECT,
        },
    )
    def get(self, request: Request, pk: int, name: str) -> StreamingHttpResponse:
        poll = poll_or_404(request, pk)
        file = exporting.file_for(request.user, poll, name, timezone.now())
        if file is None:
            raise Http404
        return file.response()


def _member(request: Request) -> Member:
    return cast("Member", request.user)


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
