"""/api/v1/proposals/: wishes read, written down, answered, made one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import APIException, PermissionDenied, ValidationError
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.forum.refusals import REFUSALS, said
from community.members.api import HasScope
from community.members.api.pages import CursorPages
from community.members.models import ApiToken, Member
from feedback.proposals import domain, permissions
from feedback.proposals.api.shapes import (
    OneProposalShape,
    ProposalSent,
    ProposalShape,
    WishAnswerSent,
    WishMergeSent,
)
from feedback.proposals.domain.writing import board_of_wishes
from feedback.proposals.models import Proposal
from feedback.proposals.queries import lists, stories
from feedback.proposals.queries.lists import Asked

FILTERS = {
    "product": "Slug of a product.",
    "area": "An area, as it is written.",
    "device": "A device family, as it is written.",
    "build": "Address of the build it is planned for or came in.",
}
BY = "`me`: written by the reader; `votes`: those the reader voted for."


class Conflict(APIException):
    """What the domain refuses: its code and its sentence."""

    status_code = status.HTTP_409_CONFLICT

    def __init__(self, refused: domain.WishRefused) -> None:
        super().__init__(str(refused), refused.code)


class Unwelcome(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "not_taken"


@contextmanager
def told() -> Iterator[None]:
    """Answer what the domain refuses as a problem."""
    try:
        yield
    except domain.ReasonMissing as refused:
        raise ValidationError({"reason": [str(refused)]}) from refused
    except domain.WishRefused as refused:
        raise Conflict(refused) from refused
    except REFUSALS as refused:
        raise Unwelcome(said(refused)) from refused


class NewestFirst(CursorPages):
    ordering = ("-created_at", "-id")


class Deeds(APIView):
    """Reading is everybody's; whatever changes something needs a member with the scope."""

    permission_classes: list[type[BasePermission]] = [AllowAny, HasScope]
    scope: str = ApiToken.Scope.POSTS

    def get_permissions(self) -> Sequence[Any]:
        if self.request.method in {"GET", "HEAD", "OPTIONS"}:
            return super().get_permissions()
        return [IsAuthenticated(), HasScope.of(self.scope)()]

    def found(self, request: Request, pk: int) -> Proposal:
        proposal = stories.with_its_story(pk).readable_by(request.user).first()
        if proposal is None:
            raise Http404
        return proposal

    def managed(self, request: Request, pk: int) -> Proposal:
        proposal = stories.with_its_story(pk).first()
        if proposal is None or not permissions.can_answer(request.user, proposal):
            raise Http404
        return proposal

    def shown(self, request: Request, pk: int) -> dict[str, Any]:
        proposal: Any = self.found(request, pk)
        feature = proposal.shipped_as
        is_out = feature is not None and feature.build.published_at is not None
        proposal.public_feature = feature.pk if is_out else None
        proposal.story = stories.changes_of(proposal)
        shape: dict[str, Any] = OneProposalShape(proposal).data
        return shape


class ProposalList(Deeds):
    """Wishes, and new ones."""

    pagination_class = NewestFirst

    @extend_schema(
        operation_id="proposals_list",
        summary="List wishes",
        description="What is wished for in coming builds, newest first.",
        tags=["proposals"],
        parameters=[
            *(OpenApiParameter(name, str, description=says) for name, says in FILTERS.items()),
            OpenApiParameter("status", str, enum=Proposal.Status.values),
            OpenApiParameter("by", str, enum=["me", "votes"], description=BY),
            OpenApiParameter("cursor", str, description="Where the last page ended."),
        ],
        responses=ProposalShape(many=True),
    )
    def get(self, request: Request) -> Response:
        names = (*FILTERS, "status", "by")
        asked = Asked(**{name: request.query_params.get(name, "") for name in names})
        pages = self.pagination_class()
        rows: Any = pages.paginate_queryset(lists.listed(asked, request.user), request, view=self)
        return pages.get_paginated_response(ProposalShape(rows, many=True).data)

    @extend_schema(
        operation_id="proposals_create",
        summary="Write a wish down",
        tags=["proposals"],
        request=ProposalSent,
        responses={201: OneProposalShape},
    )
    def post(self, request: Request) -> Response:
        sent = ProposalSent(data=request.data)
        sent.is_valid(raise_exception=True)
        now = timezone.now()
        if not permissions.can_propose(request.user, board_of_wishes(), now):
            raise PermissionDenied
        author = cast("Member", request.user)
        with told():
            proposal = domain.create_proposal(author=author, at=now, **sent.validated_data)
        return Response(self.shown(request, proposal.pk), status=status.HTTP_201_CREATED)


class ProposalDetail(Deeds):
    """One wish with its history."""

    @extend_schema(
        operation_id="proposals_retrieve",
        summary="Read a wish",
        tags=["proposals"],
        responses=OneProposalShape,
    )
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.shown(request, pk))


class Answer(Deeds):
    """The status a manager gives a wish."""

    scope = ApiToken.Scope.BUILDS

    @extend_schema(
        operation_id="proposals_answer",
        summary="Answer a wish",
        description="For managers of its product. The same answer changes nothing.",
        tags=["proposals"],
        request=WishAnswerSent,
        responses=OneProposalShape,
    )
    def put(self, request: Request, pk: int) -> Response:
        proposal = self.managed(request, pk)
        sent = WishAnswerSent(data=request.data)
        sent.is_valid(raise_exception=True)
        by = cast("Member", request.user)
        with told():
            domain.answer_proposal(
                proposal=proposal, by=by, at=timezone.now(), **sent.validated_data
            )
        return Response(self.shown(request, pk))


class Merging(Deeds):
    """A wish made one with another, and taken apart again."""

    scope = ApiToken.Scope.BUILDS

    @extend_schema(
        operation_id="proposals_merge",
        summary="Make a wish one with another",
        description="For managers of its product. Each voter counts once.",
        tags=["proposals"],
        request=WishMergeSent,
        responses=OneProposalShape,
    )
    def put(self, request: Request, pk: int) -> Response:
        proposal = self.managed(request, pk)
        sent = WishMergeSent(data=request.data)
        sent.is_valid(raise_exception=True)
        into = self.managed(request, sent.validated_data["into"])
        with told():
            domain.merge(
                proposal=proposal, into=into, by=cast("Member", request.user), at=timezone.now()
            )
        return Response(self.shown(request, pk))

    @extend_schema(
        operation_id="proposals_unmerge",
        summary="Take a merge back",
        tags=["proposals"],
        request=None,
        responses={204: OpenApiResponse(description="They are two again.")},
    )
    def delete(self, request: Request, pk: int) -> Response:
        proposal = self.managed(request, pk)
        with told():
            domain.unmerge(proposal=proposal, by=cast("Member", request.user), at=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)
