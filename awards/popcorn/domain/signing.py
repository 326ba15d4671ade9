"""The site's key: every award is signed with it, and anybody can check with its public half."""

from base64 import b64decode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


class NoSigningKey(Exception):
    """AWARD_SIGNING_KEY is not base64 of 32 bytes."""


def signing_key() -> Ed25519PrivateKey:
    """The Ed25519 key of the settings; raises NoSigningKey."""
    try:
        return Ed25519PrivateKey.from_private_bytes(
            b64decode(settings.AWARD_SIGNING_KEY, validate=True)
        )
    except ValueError:
        raise NoSigningKey("Set AWARD_SIGNING_KEY to base64 of 32 random bytes.") from None
