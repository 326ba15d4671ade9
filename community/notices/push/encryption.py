"""Encrypting a push for one browser: RFC 8291 over aes128gcm of RFC 8188, in one record."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
RECORD_SIZE = 4096
# The delimiter of the last record (RFC 8188, section 2): no padding after it.
LAST_RECORD = b"\x02"


def encrypt(
    text: bytes,
    *,
    browser_key: bytes,
    browser_secret: bytes,
    own_key: ec.EllipticCurvePrivateKey,
    salt: bytes,
) -> bytes:
    """The body of a push: header, then the only record.

    `browser_key` is 65 bytes (uncompressed P-256), `browser_secret` 16, `salt` 16 fresh random
    bytes; `own_key` is made for this push alone. Raises ValueError for a key that is no point.
    """
    browser = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, browser_key)
    own_public = public_bytes(own_key)
    shared = own_key.exchange(ec.ECDH(), browser)
    info = b"WebPush: info\0" + browser_key + own_public
    secret = _derive(shared, salt=browser_secret, info=info, length=32)
    key = _derive(secret, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _derive(secret, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
    record = AESGCM(key).encrypt(nonce, text + LAST_RECORD, None)
    header = salt + RECORD_SIZE.to_bytes(4, "big") + bytes([len(own_public)]) + own_public
    return header + record


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half, uncompressed: 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def is_point(key: bytes) -> bool:
    """Whether these bytes are a public key a browser may have."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, key)
    except ValueError:
        return False
    return True


def _derive(material: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt=salt, info=info).derive(material)
