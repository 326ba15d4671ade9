"""Devices: what a member runs builds on, each with the key that signs its reports."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, transaction

from community.members.models import Device, Member

KEY_BYTES = 32
MOST_DEVICES = 20


class BadPublicKey(Exception):
    """Not the base64 of the 32 bytes of an Ed25519 public key."""


class KeyTaken(Exception):
    """Another device signs with this key."""


class TooManyDevices(Exception):
    """The member has as many devices as one may."""


def new_key_pair() -> tuple[str, str]:
    """(public, private) halves of a new Ed25519 key, each 32 bytes in base64."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    return b64encode(public).decode(), b64encode(private.private_bytes_raw()).decode()


def add_device(
    *, member: Member, family: str, public_key: str, at: datetime, label: str = ""
) -> Device:
    """A device whose reports are signed by `public_key` (base64); the first is the main one.

    Raises BadPublicKey, KeyTaken or TooManyDevices.
    """
    key = _decoded(public_key)
    try:
        with transaction.atomic():
            Member.objects.select_for_update().get(pk=member.pk)  # counted one at a time
            count = member.devices.count()
            if count >= MOST_DEVICES:
                raise TooManyDevices
            return Device.objects.create(
                member=member,
                family=family,
                label=label,
                public_key=key,
                added_at=at,
                is_main=count == 0,
            )
    except IntegrityError as error:
        if getattr(error.__cause__.diag, "constraint_name", "") == "device_key_once":  # type: ignore[union-attr]  # the driver's error is its cause
            raise KeyTaken from error
        raise


def make_main(*, device: Device) -> None:
    """Let this be the device its member is counted under in reports."""
    with transaction.atomic():
        theirs = Device.objects.filter(member_id=device.member_id)
        list(theirs.select_for_update().order_by("pk"))  # one at a time, in one order
        theirs.filter(is_main=True).exclude(pk=device.pk).update(is_main=False)
        theirs.filter(pk=device.pk).update(is_main=True)


def remove_device(*, device: Device) -> None:
    """Forget a device; if it was the main one, the oldest of the others is."""
    with transaction.atomic():
        theirs = Device.objects.filter(member_id=device.member_id).order_by("added_at", "pk")
        left = [one for one in theirs.select_for_update() if one.pk != device.pk]
        device.delete()
        if left and not any(one.is_main for one in left):
            theirs.filter(pk=left[0].pk).update(is_main=True)


def _decoded(public_key: str) -> bytes:
    try:
        key = b64decode(public_key.strip(), validate=True)
    except (NotBase64, ValueError) as error:
        raise BadPublicKey from error
    if len(key) != KEY_BYTES:
        raise BadPublicKey
    return key
