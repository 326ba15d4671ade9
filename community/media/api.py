"""POST /pictures/, and the same under /api/v1/: a picture for what one is writing."""

from datetime import datetime
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, PermissionDenied, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.media.domain import pictures, portraits
from community.media.models import Picture
from community.members.api import HasScope
from community.members.models import ApiToken, Member
from community.members.permissions import may_write

STATUSES = {
    "too_large": status.HTTP_413_REQUEST_ENTITY_TOO_LARGE,
    "too_often": status.HTTP_429_TOO_MANY_REQUESTS,
    "too_much_today": status.HTTP_429_TOO_MANY_REQUESTS,
}


class PictureProblem(APIException):
    """A refusal: its code and its sentence."""

    def __init__(self, refused: pictures.PictureRefused) -> None:
        super().__init__(str(refused), refused.code)
        self.status_code = STATUSES.get(refused.code, status.HTTP_422_UNPROCESSABLE_ENTITY)


class PictureSent(serializers.Serializer[Any]):
    """A JPEG, PNG, GIF, WebP or AVIF file of at most 8 MB and 25 million pixels (as WebP
    9 million, as AVIF 7 million)."""

    file = serializers.FileField()


@extend_schema_serializer(component_name="Picture")
class PictureKept(serializers.Serializer[Picture]):
    """Where the picture is, and the Markdown that shows it."""

    url = serializers.CharField(source="address", read_only=True)
    thumbnail = serializers.CharField(read_only=True)
    markdown = serializers.CharField(read_only=True)
    width = serializers.IntegerField(read_only=True)
    height = serializers.IntegerField(read_only=True)


class PictureUpload(APIView):
    """Take a picture in."""

    parser_classes = [MultiPartParser]
    permission_classes = [IsAuthenticated, HasScope.of(ApiToken.Scope.POSTS)]

    @extend_schema(
        operation_id="pictures_create",
        summary="Send a picture",
        tags=["pictures"],
        description=(
            "The picture is encoded anew as WebP: its first frame, upright, without EXIF or any "
            "other data. The same file sent again is the same picture. What nothing written shows "
            "is removed after a day."
        ),
        request={"multipart/form-data": PictureSent},
        responses={201: PictureKept},
    )
    def post(self, request: Request) -> Response:
        now = timezone.now()
        file = sent_file(request, now)
        try:
            kept = pictures.keep(file=file, member=cast("Member", request.user), at=now)
        except pictures.PictureRefused as refused:
            raise PictureProblem(refused) from refused
        return Response(PictureKept(kept).data, status=status.HTTP_201_CREATED)


class PortraitAddress(APIView):
    """One's own photograph."""

    parser_classes = [MultiPartParser]
    permission_classes = [IsAuthenticated, HasScope.of(ApiToken.Scope.POSTS)]

    @extend_schema(
        operation_id="photograph_update",
        summary="Show a photograph of you",
        tags=["pictures"],
        description="Its middle, as a square, stands wherever your name does.",
        request={"multipart/form-data": PictureSent},
        responses=PictureKept,
    )
    def put(self, request: Request) -> Response:
        now = timezone.now()
        file = sent_file(request, now)
        try:
            kept = portraits.take(file=file, member=cast("Member", request.user), at=now)
        except pictures.PictureRefused as refused:
            raise PictureProblem(refused) from refused
        return Response(PictureKept(kept).data)

    @extend_schema(
        operation_id="photograph_destroy",
        summary="Remove your photograph",
        tags=["pictures"],
        responses={204: None},
    )
    def delete(self, request: Request) -> Response:
        portraits.remove(member=cast("Member", request.user))
        return Response(status=status.HTTP_204_NO_CONTENT)


def sent_file(request: Request, at: datetime) -> "UploadedFile[Any]":
    """What was sent by somebody who may. Raises PermissionDenied, ValidationError."""
    if not may_write(request.user, at):
        raise PermissionDenied
    file: UploadedFile[Any] | None = request.FILES.get("file")
    if file is None:
        raise ValidationError({"file": [_("Choose a picture of at most 8 MB.")]})
    return file
