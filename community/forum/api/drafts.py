"""/api/v1/drafts/: what one has begun to write, kept while one writes."""

from typing import Any, cast

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.forum.domain import drafts
from community.forum.models import TITLE_LENGTH, Draft
from community.forum.places import PLACE
from community.forum.queries.writing import draft_at, drafts_of
from community.members.api import HasScope
from community.members.models import Member
from community.text.whole import INTEGER, number

MOST_FIELDS, LONGEST_FIELD = 10, 200


class DraftWords(serializers.Serializer[Any]):
    """What is written; ``fields`` are the form's other fields by name."""

    title = serializers.CharField(
        max_length=TITLE_LENGTH, required=False, allow_blank=True, trim_whitespace=False
    )
    body = serializers.CharField(
        max_length=20_000, required=False, allow_blank=True, trim_whitespace=False
    )
    fields = serializers.DictField(  # type: ignore[assignment]  # a field of that name
        child=serializers.CharField(max_length=LONGEST_FIELD, allow_blank=True), required=False
    )

    def validate_fields(self, fields: dict[str, str]) -> dict[str, str]:
        if len(fields) > MOST_FIELDS:
            raise serializers.ValidationError(_("Too many fields."))
        return fields


class DraftShape(DraftWords):
    """A draft; ``place`` says what it will be: new:bugs, reply:12, edit:34."""

    place = serializers.CharField(read_only=True)
    version = serializers.IntegerField(read_only=True)
    saved_at = serializers.DateTimeField(read_only=True)


class Conflict(APIException):
    """Saved elsewhere since; the answer holds what is kept now."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "draft_changed"
    default_detail = _("This draft was changed elsewhere. Which of the two should stay?")

    def __init__(self, theirs: Draft) -> None:
        super().__init__()
        self.extra = {"draft": DraftShape(theirs).data}


class Full(APIException):
    status_code = status.HTTP_409_CONFLICT
    default_code = "too_many_drafts"
    default_detail = _("You keep very many drafts. Throw one away first.")


class Drafts(APIView):
    permission_classes = [IsAuthenticated, HasScope.of("posts")]


class DraftList(Drafts):
    """One's drafts."""

    @extend_schema(
        operation_id="drafts_list",
        summary="List my drafts",
        tags=["forum"],
        responses=DraftShape(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(DraftShape(drafts_of(request.user), many=True).data)


class OneDraft(Drafts):
    """The draft at a place."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not PLACE.fullmatch(kwargs["place"]):
            raise Http404

    @extend_schema(
        operation_id="drafts_retrieve", summary="Read a draft", tags=["forum"], responses=DraftShape
    )
    def get(self, request: Request, place: str) -> Response:
        draft = draft_at(request.user, place)
        if draft is None:
            raise Http404
        return _told(draft)

    @extend_schema(
        operation_id="drafts_update",
        summary="Keep a draft",
        tags=["forum"],
        description=(
            "`If-Match` holds the version it was written upon; without it the draft is new. The "
            "same words sent again change nothing."
        ),
        parameters=[OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, required=False)],
        request=DraftWords,
        responses={
            200: DraftShape,
            412: OpenApiResponse(description="It was changed elsewhere; `draft` is what is kept."),
        },
    )
    def put(self, request: Request, place: str) -> Response:
        form = DraftWords(data=request.data)
        form.is_valid(raise_exception=True)
        seen = request.headers.get("If-Match", "").strip('W/" ')
        try:
            draft = drafts.save_draft(
                member=cast("Member", request.user),
                place=place,
                seen=number(seen, below=INTEGER) or 0,
                at=timezone.now(),
                **form.validated_data,
            )
        except drafts.DraftChanged as changed:
            raise Conflict(changed.theirs) from changed
        except drafts.TooManyDrafts as many:
            raise Full from many
        return _told(draft)

    @extend_schema(
        operation_id="drafts_destroy",
        summary="Throw a draft away",
        tags=["forum"],
        responses={204: OpenApiResponse(description="Gone, whether it was there or not.")},
    )
    def delete(self, request: Request, place: str) -> Response:
        drafts.forget_draft(member=cast("Member", request.user), place=place)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _told(draft: Draft) -> Response:
    return Response(DraftShape(draft).data, headers={"ETag": f'"{draft.version}"'})
