"""Installs: a device says, signed, that it runs a build."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils.translation import gettext as _

from community.builds.domain.refusals import Invalid, Refused
from community.builds.models import Build, Install
from community.members.models import Device

# A device's clock may be this far ahead of ours.
CLOCK_SKEW = timedelta(minutes=10)


class UnknownDevice(Refused):
    """No member has registered this key."""

    code = "unknown_device"


class BadSignature(Refused):
    """The device's key did not sign these words."""

    code = "bad_signature"


def message(*, version: str, public_key: bytes, installed_at: str) -> bytes:
    """The bytes a device signs: four lines, UTF-8.

    ``version`` is the build's address in the API, ``public_key`` the 32 raw bytes (written in
    Base64), ``installed_at`` the ISO 8601 text exactly as sent.
    """
    key = b64encode(public_key).decode()
    return f"orange-friday install v1\n{version}\n{key}\n{installed_at}".encode()


def record(
    *, build: Build, public_key: bytes, installed_at: str, signature: bytes, at: datetime
) -> bool:
    """Note that a device runs a build; sent again it changes nothing (False).

    Raises UnknownDevice, BadSignature, Invalid (a moment that is none or lies ahead).
    """
    device = Device.objects.filter(public_key=public_key).first()
    if device is None:
        raise UnknownDevice(_("No member has registered this device."))
    signed = message(version=build.slug, public_key=public_key, installed_at=installed_at)
    verify(public_key=public_key, signature=signature, signed=signed)
    if _moment(installed_at) > at + CLOCK_SKEW:
        raise Invalid("installed_at", _("This moment lies ahead."))
    _install, is_new = Install.objects.get_or_create(
        build=build, device=device, defaults={"reported_at": at}
    )
    return is_new


def verify(*, public_key: bytes, signature: bytes, signed: bytes) -> None:
    """Raise BadSignature unless the key signed these bytes (Ed25519)."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, signed)
    except (InvalidSignature, ValueError) as error:
        raise BadSignature(_("The signature does not fit this device and build.")) from error


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        sentence = _("Write the moment as 2026-11-20T17:05:00+08:00.")
        raise Invalid("installed_at", sentence) from error
