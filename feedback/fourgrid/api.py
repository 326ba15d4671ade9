"""The ballot's addresses in the API: read mine, save mine, keep a draft."""

from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.builds.models import Build
from community.members.api import HasScope
from community.members.models import ApiToken
from feedback.fourgrid import representation
from feedback.fourgrid.domain import drafts
from feedback.fourgrid.domain.answers import COMMENT_LIMIT, LIMITS, MOODS, Answers, InvalidAnswers
from feedback.fourgrid.domain.ballots import save_ballot
from feedback.fourgrid.domain.refusals import BallotRefused, Reason
from feedback.fourgrid.models import Ballot

MOST_BYTES = 100_000  # fourteen of the longest comments, every character escaped
STATUSES = {
    Reason.UNKNOWN_BUILD: status.HTTP_404_NOT_FOUND,
    Reason.NOT_OPEN: status.HTTP_409_CONFLICT,
    Reason.CLOSED: status.HTTP_409_CONFLICT,
    Reason.TAKEN_BACK: status.HTTP_409_CONFLICT,
    Reason.INACTIVE: status.HTTP_403_FORBIDDEN,
    Reason.SUSPENDED: status.HTTP_403_FORBIDDEN,
    Reason.UNVERIFIED_ADDRESS: status.HTTP_403_FORBIDDEN,
    Reason.YOUNG_ACCOUNT: status.HTTP_403_FORBIDDEN,
    Reason.UNVERIFIED_INSTALL: status.HTTP_403_FORBIDDEN,
    Reason.CHANGED_TOO_OFTEN: status.HTTP_409_CONFLICT,
    Reason.CHANGED_ELSEWHERE: status.HTTP_412_PRECONDITION_FAILED,
}


class Refused(APIException):
    """A refused ballot as a problem: its reason is the code, its sentence the detail."""

    def __init__(self, refused: BallotRefused) -> None:
        super().__init__(str(refused), refused.reason.value)
        self.status_code = STATUSES.get(refused.reason, status.HTTP_400_BAD_REQUEST)
        self.extra: dict[str, object] = {}
        if refused.moment:
            self.extra["moment"] = refused.moment.isoformat()
        if refused.ids:
            self.extra["ids"] = refused.ids


class TooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = _("This is larger than any ballot can be.")
    default_code = "too_large"


class NoBallot(NotFound):
    default_detail = _("You have not filled in this report yet.")
    default_code = "no_ballot"


def _ids(cell: str, what: str) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.IntegerField(min_value=1), max_length=LIMITS[cell], help_text=what
    )


class BallotSerializer(serializers.Serializer[Any]):
    """The four cells; all of them are answered, an empty list says "none"."""

    mood = serializers.ChoiceField(choices=list(MOODS))
    loved = _ids("loved", "Features of this build, in order; the first is loved most.")
    let_down = _ids("let_down", "Features of this build, in order, none of them loved.")
    wishes = _ids("wishes", "Open proposals of this product, in order.")
    comments = serializers.DictField(
        child=serializers.CharField(max_length=COMMENT_LIMIT),
        required=False,
        help_text="By cell (`mood`, `loved`, …) or by named feature (`feature:12`).",
    )


class SavedBallotSerializer(BallotSerializer):
    """A ballot as it stands, with the receipt that shows it was counted."""

    build = serializers.CharField(help_text="The version.")
    revision = serializers.IntegerField(min_value=1, help_text="Counts the changes, from 1.")
    saved_at = serializers.DateTimeField()
    receipt = serializers.RegexField("^[0-9a-f]{64}$", help_text="SHA-256, see the award's audit.")


def _problems(**why: str) -> dict[int, OpenApiResponse]:
    return {
        int(code.removeprefix("s")): OpenApiResponse(description=what) for code, what in why.items()
    }


COMMON = _problems(
    s401="Not signed in, or a bad token.",
    s403="Not eligible, or a token without the scope `ballots`.",
    s404="No such build, or no ballot yet.",
)
WRITING = COMMON | _problems(
    s400="Not a ballot: what is wrong with each cell, or which feature is not in the build.",
    s409="Ballots are not open, or not open any more.",
    s413="Larger than any ballot.",
    s415="Not JSON.",
)
VERSION = OpenApiParameter(
    "version", str, OpenApiParameter.PATH, description="The build's address."
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The revision you have seen; a newer one is then kept, and this one refused.",
)


class _OfOneBuild(APIView):
    permission_classes = [IsAuthenticated, HasScope.of(ApiToken.Scope.BALLOTS)]

    def build(self, version: str) -> Build:
        """The build at this address, when it is out."""
        build = Build.objects.public().only("version").filter(slug=version).first()
        if build is None:
            raise Refused(BallotRefused(Reason.UNKNOWN_BUILD))
        return build


class BallotAddress(_OfOneBuild):
    """My four-grid report on one build."""

    @extend_schema(
        operation_id="ballot_read",
        parameters=[VERSION],
        responses={200: SavedBallotSerializer} | COMMON,
        tags=["ballots"],
    )
    def get(self, request: Request, version: str) -> Response:
        """Read my ballot."""
        build = self.build(version)
        ballot = Ballot.objects.filter(build=build, member=request.user.pk).first()
        if ballot is None:
            raise NoBallot
        document = representation.of_stored(build.version, ballot)
        return Response(document, headers=representation.headers(document))

    @extend_schema(
        operation_id="ballot_save",
        parameters=[VERSION, IF_MATCH],
        request=BallotSerializer,
        responses={200: SavedBallotSerializer}
        | WRITING
        | _problems(s412="You have changed it elsewhere meanwhile."),
        tags=["ballots"],
    )
    def put(self, request: Request, version: str) -> Response:
        """Save my ballot; the same ballot again changes nothing and gives the same receipt."""
        build = self.build(version)
        try:
            answers = Answers.parse(_content(request))
            saved = save_ballot(
                member_id=_member_id(request),
                build_id=build.pk,
                answers=answers,
                build=build.version,
                replaces=representation.replaces(request),
            )
        except InvalidAnswers as invalid:
            raise ValidationError(invalid.errors) from invalid
        except BallotRefused as refused:
            raise Refused(refused) from refused
        document = representation.of_saved(build.version, answers, saved)
        return Response(document, headers=representation.headers(document))


class DraftAddress(_OfOneBuild):
    """My half-filled report on one build."""

    @extend_schema(
        operation_id="ballot_draft_keep",
        parameters=[VERSION],
        request=OpenApiTypes.OBJECT,
        responses={204: None} | WRITING,
        tags=["ballots"],
    )
    def put(self, request: Request, version: str) -> Response:
        """Keep what I have filled in so far; an unanswered cell is left out."""
        build, now = self.build(version), timezone.now()
        content = _content(request)
        if not Build.objects.open_for_ballots(now).filter(pk=build.pk).exists():
            raise Refused(BallotRefused(Reason.CLOSED, build=build.version))
        drafts.keep(member_id=_member_id(request), build_id=build.pk, raw=content, at=now)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        operation_id="ballot_draft_throw_away",
        parameters=[VERSION],
        responses={204: None} | COMMON,
        tags=["ballots"],
    )
    def delete(self, request: Request, version: str) -> Response:
        """Forget what I have filled in and not sent."""
        drafts.throw_away(member_id=_member_id(request), build_id=self.build(version).pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _member_id(request: Request) -> int:
    return cast("int", request.user.pk)  # IsAuthenticated


def _content(request: Request) -> object:
    """The body as JSON says it."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise TooLarge
    return cast("object", request.data)
