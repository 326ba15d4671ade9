"""/api/v1/wish-rounds/ and the votes of a member on a wish."""

from typing import cast

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.members.api import HasScope
from community.members.models import ApiToken, Member
from feedback.proposals import domain, permissions
from feedback.proposals.api.proposals import Deeds, told
from feedback.proposals.api.shapes import RoundShape, WishVotesSent, WishVotesShape
from feedback.proposals.queries import rounds


class RoundList(APIView):
    """The rounds that take votes."""

    permission_classes = [AllowAny, HasScope]

    @extend_schema(
        operation_id="wish_rounds_list",
        summary="List open wish rounds",
        description="With what the reader has of each; the one that closes first comes first.",
        tags=["proposals"],
        responses=RoundShape(many=True),
    )
    def get(self, request: Request) -> Response:
        shown = rounds.open_rounds(request.user, timezone.now())
        return Response(RoundShape(shown, many=True).data)


class Votes(Deeds):
    """The reader's own votes on a wish in a round."""

    scope = ApiToken.Scope.BALLOTS

    @extend_schema(
        operation_id="proposals_vote",
        summary="Vote for a wish",
        description=(
            "Have so many votes on it in the round of a build: fewer than before are taken back, "
            "the same number changes nothing."
        ),
        tags=["proposals"],
        request=WishVotesSent,
        responses=WishVotesShape,
    )
    def put(self, request: Request, pk: int) -> Response:
        proposal = self.found(request, pk)
        sent = WishVotesSent(data=request.data)
        sent.is_valid(raise_exception=True)
        now = timezone.now()
        if not permissions.can_vote(request.user, now):
            raise PermissionDenied
        build = rounds.builds_with_a_round(now).filter(slug=sent.validated_data["build"]).first()
        if build is None:
            raise Http404
        with told():
            purse = domain.put_votes(
                member=cast("Member", request.user),
                proposal=proposal,
                build=build,
                votes=sent.validated_data["votes"],
            )
        return Response(WishVotesShape(purse).data)
