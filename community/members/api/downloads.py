"""/api/v1/data-downloads/: asking for a copy of one's data. The copy itself needs a browser."""

from typing import cast

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers, status
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.members.api.relations import NewestFirst, Refused
from community.members.domain import downloads
from community.members.models import ApiToken, DataDownload, Member


class InPerson(BasePermission):
    """Signed in with a session: a token that leaks gives no copy of a whole life."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return not isinstance(request.auth, ApiToken)


class DownloadShape(serializers.Serializer[DataDownload]):
    """A copy that was asked for; `made_at` is null while it waits."""

    id = serializers.IntegerField()
    asked_at = serializers.DateTimeField()
    progress = serializers.IntegerField(help_text="Per cent.")
    made_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True)


class DownloadList(generics.ListAPIView[DataDownload]):
    """Copies of one's data; with a session only."""

    permission_classes = (IsAuthenticated, InPerson)
    serializer_class = DownloadShape
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[DataDownload]:
        return cast("Member", self.request.user).downloads.all()

    @extend_schema(tags=["members"], summary="List the copies of your data")
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["members"],
        summary="Ask for a copy of your data",
        request=None,
        responses={202: DownloadShape},
    )
    def post(self, request: Request) -> Response:
        try:
            asked = downloads.ask(member=cast("Member", request.user), at=timezone.now())
        except downloads.TooOften as error:
            text = _("You have asked three times today. Come back tomorrow.")
            raise Refused(text, "too_often") from error
        return Response(DownloadShape(asked).data, status=status.HTTP_202_ACCEPTED)
