"""/api/v1/devices/: what one runs builds on."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from community.members import queries
from community.members.api.scoped import DONE, Conflict, Scoped, done
from community.members.api.sent import Sent, sent
from community.members.domain import devices
from community.members.models import ApiToken, Device


class DeviceShape(Sent):
    """A device; the private half of its key never leaves who makes it."""

    id = serializers.IntegerField(read_only=True)
    family = serializers.CharField(max_length=40)
    label = serializers.CharField(max_length=60, default="", allow_blank=True)  # type: ignore[assignment]  # a field of that name, not its title
    public_key = serializers.CharField(
        max_length=64, write_only=True, help_text="Ed25519: the Base64 of 32 bytes."
    )
    added_at = serializers.DateTimeField(read_only=True)
    is_main = serializers.BooleanField(read_only=True)


class OfDevices(Scoped):
    """They make ballots verified: a token needs the scope for these."""

    writes_with = ApiToken.Scope.BALLOTS


class DeviceList(OfDevices):
    @extend_schema(
        operation_id="devices_list",
        summary="List my devices",
        tags=["members"],
        responses=DeviceShape(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(DeviceShape(queries.devices_of(self.member), many=True).data)

    @extend_schema(
        operation_id="devices_create",
        summary="Add a device",
        tags=["members"],
        description="The first one is the main one.",
        request=DeviceShape,
        responses={201: DeviceShape},
    )
    def post(self, request: Request) -> Response:
        said = sent(DeviceShape(data=request.data))
        try:
            added = devices.add_device(member=self.member, at=timezone.now(), **said)
        except devices.BadPublicKey as error:
            text = _("This is not the base64 of 32 bytes.")
            raise ValidationError({"public_key": [text]}) from error
        except devices.KeyTaken as error:
            raise Conflict(_("Another device signs with this key."), "key_taken") from error
        except devices.TooManyDevices as error:
            text = _("You have as many devices as one may. Remove one first.")
            raise Conflict(text, "too_many_devices") from error
        return Response(DeviceShape(added).data, status=status.HTTP_201_CREATED)


class OneDevice(OfDevices):
    @extend_schema(
        operation_id="devices_destroy",
        summary="Remove a device",
        tags=["members"],
        responses=DONE,
    )
    def delete(self, request: Request, pk: int) -> Response:
        devices.remove_device(device=get_object_or_404(Device, pk=pk, member=self.member))
        return done()


class MainDevice(OfDevices):
    @extend_schema(
        operation_id="devices_make_main",
        summary="Make a device my main one",
        tags=["members"],
        description="Reports count one under its family.",
        request=None,
        responses=DONE,
    )
    def put(self, request: Request, pk: int) -> Response:
        devices.make_main(device=get_object_or_404(Device, pk=pk, member=self.member))
        return done()
