"""Who sends a push: a signed token for its service (VAPID, RFC 8292)."""

import base64
import json
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from django.conf import settings

from community.notices.push.encryption import CURVE, public_bytes

# Services refuse tokens for longer than a day.
VALID_FOR = timedelta(hours=12)


def key_from(text: str) -> ec.EllipticCurvePrivateKey:
    """The key of settings.WEB_PUSH_KEY: base64 of its 32 bytes. Raises ValueError."""
    return ec.derive_private_key(int.from_bytes(base64.b64decode(text, validate=True)), CURVE)


def public_key() -> str:
    """What browsers are given to subscribe with; "" where no key is set."""
    key = settings.WEB_PUSH_KEY
    return encoded(public_bytes(key_from(key))) if key else ""


def authorization(
    endpoint: str, *, key: ec.EllipticCurvePrivateKey, contact: str, at: datetime
) -> str:
    """The Authorization header for a push to an endpoint; `contact`: a mailto: or https: URL."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((at + VALID_FOR).timestamp()),
        "sub": contact,
    }
    signed = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    signature = encoded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={signed}.{signature}, k={encoded(public_bytes(key))}"


def encoded(octets: bytes) -> str:
    """Base64 for URLs, without padding."""
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The reverse, for texts from browsers. Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _json(value: dict[str, object]) -> str:
    return encoded(json.dumps(value, separators=(",", ":")).encode())
