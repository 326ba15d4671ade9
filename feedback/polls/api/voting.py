"""/api/v1/polls/…/vote and …/files/: one's own vote, and a poll as a file."""

from typing import Any

from django.http import Http404, StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from feedback.polls import exporting
from feedback.polls.api.finding import READ, TAGS, VOTES, member_of, poll_or_404, told
from feedback.polls.domain import voting
from feedback.polls.representation import VoteKept, VoteSent


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
            saved = voting.vote(poll_id=poll.pk, member=member_of(request), options=chosen)
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
            voting.take_back(poll_id=poll.pk, member=member_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


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
