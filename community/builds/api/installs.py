"""/api/v1/builds/{version}/installs: a product's updater says what runs on a device."""

from base64 import b64decode
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.builds import permissions
from community.builds.api.problems import told
from community.builds.domain import installs
from community.builds.models import Build

KEY_BYTES, SIGNATURE_BYTES = 32, 64


class Base64Field(serializers.CharField):
    """So many bytes in Base64."""

    def __init__(self, *, byte_count: int, **kwargs: Any) -> None:
        self.byte_count = byte_count
        super().__init__(max_length=2 * byte_count, **kwargs)

    def to_internal_value(self, data: Any) -> bytes:  # type: ignore[override]  # a digest goes in as text
        try:
            decoded = b64decode(super().to_internal_value(data), validate=True)
        except ValueError as error:
            raise serializers.ValidationError(_("Not Base64.")) from error
        if len(decoded) != self.byte_count:
            raise serializers.ValidationError(_("Not %(n)d bytes.") % {"n": self.byte_count})
        return decoded


class InstallSent(serializers.Serializer[Any]):
    """The device's Ed25519 public key, when it was installed, and its signature, in Base64."""

    device = Base64Field(byte_count=KEY_BYTES)
    installed_at = serializers.CharField(max_length=40)
    signature = Base64Field(byte_count=SIGNATURE_BYTES)


class InstallReport(APIView):
    """Nobody signs in: the device's own signature says who reports."""

    authentication_classes: list[Any] = []
    permission_classes: list[type[BasePermission]] = [AllowAny]

    @extend_schema(
        operation_id="installs_create",
        summary="Report that a device runs a build",
        tags=["installs"],
        description=(
            "Signed are four lines: `orange-friday install v1`, the version as in the address, "
            "the public key in Base64, and `installed_at` exactly as sent. Sent again it changes "
            "nothing."
        ),
        request=InstallSent,
        responses={204: OpenApiResponse(description="Noted.")},
    )
    def post(self, request: Request, version: str) -> Response:
        form = InstallSent(data=request.data)
        form.is_valid(raise_exception=True)
        build = Build.objects.filter(slug=version).first()
        if build is None or not permissions.can_report_install(build):
            raise Http404
        data = form.validated_data
        with told():
            installs.record(
                build=build,
                public_key=data["device"],
                installed_at=data["installed_at"],
                signature=data["signature"],
                at=timezone.now(),
            )
        return Response(status=status.HTTP_204_NO_CONTENT)
