"""Seals an award: open ballots, receipts, parameters and result in one signed file.

The bundle is a ZIP without compression of its own, so that every machine writes the same bytes.
``ballots.jsonl.gz`` holds a line "hash ballot" for each open ballot and ``receipts.txt.gz`` a line
"receipt hash" for each counted receipt; each file is in the order of its first column, so neither
tells when anybody voted, nor which receipt belongs to which ballot.
"""

import gzip
import hashlib
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from . import canonical, merkle
from .columns import columns
from .inputs import Ballot, Header
from .result import Result, compute

FORMAT = 1
STATEMENT, SIGNATURE = "statement.json", "signature.txt"
HEADER, BALLOTS, RECEIPTS, RESULT = (
    "header.json",
    "ballots.jsonl.gz",
    "receipts.txt.gz",
    "result.json",
)
SEALED = (HEADER, BALLOTS, RECEIPTS, RESULT)
MEMBERS = (STATEMENT, SIGNATURE, *SEALED)
# The oldest moment a ZIP can hold: bundles carry no time of their own.
NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, eq=False)
class Sealed:
    """A finished bundle and what the site keeps beside it; roots and digest are 32 bytes."""

    content: bytes
    digest: bytes
    ballots_root: bytes
    receipts_root: bytes
    signature: bytes
    public_key: bytes
    parameters: dict[str, Any]
    result: dict[str, Any]
    computed: Result


def seal(
    header: Header,
    ballots: Sequence[Ballot],
    receipts: Iterable[bytes],
    key: Ed25519PrivateKey,
) -> Sealed:
    """Compute the award of frozen ballots and seal it; the order of the inputs changes nothing."""
    header_file = canonical.dump(canonical.header_fields(header))
    hashed = sorted(
        (hashlib.sha256(line).digest(), line, ballot) for line, ballot in _lines(ballots)
    )
    ballots_root = merkle.root([ballot_hash for ballot_hash, _line, _ballot in hashed])
    kept = sorted(receipts)
    receipts_root = merkle.root(kept)
    digest = snapshot_digest(header_file, ballots_root, receipts_root)
    in_order = [ballot for _hash, _line, ballot in hashed]
    computed = compute(header, columns(header, in_order), digest)
    result = canonical.result_fields(computed)
    files = {
        HEADER: header_file,
        BALLOTS: pack(b"%s %s\n" % (h.hex().encode(), line) for h, line, _ballot in hashed),
        RECEIPTS: pack(receipt_line(receipt) for receipt in kept),
        RESULT: canonical.dump(result),
    }
    statement = canonical.dump(
        {
            "format": FORMAT,
            "digest": digest.hex(),
            "ballots": len(hashed),
            "ballots_root": ballots_root.hex(),
            "receipts": len(kept),
            "receipts_root": receipts_root.hex(),
            "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        }
    )
    signature = key.sign(statement)
    public_key = key.public_key().public_bytes_raw()
    files[STATEMENT] = statement
    files[SIGNATURE] = signature_file(signature, public_key)
    return Sealed(
        content=archive(files),
        digest=digest,
        ballots_root=ballots_root,
        receipts_root=receipts_root,
        signature=signature,
        public_key=public_key,
        parameters=dict(canonical.load(canonical.dump(asdict(header.settings)))),
        result=result,
        computed=computed,
    )


def _lines(ballots: Iterable[Ballot]) -> Iterable[tuple[bytes, Ballot]]:
    return ((canonical.ballot_line(ballot), ballot) for ballot in ballots)


def snapshot_digest(header_file: bytes, ballots_root: bytes, receipts_root: bytes) -> bytes:
    """SHA-256 over everything that goes into the award; its first eight bytes seed the draws."""
    return hashlib.sha256(
        hashlib.sha256(header_file).digest() + ballots_root + receipts_root
    ).digest()


def receipt_line(receipt: bytes) -> bytes:
    return b"%s %s\n" % (receipt.hex().encode(), merkle.leaf_hash(receipt).hex().encode())


def signature_file(signature: bytes, public_key: bytes) -> bytes:
    return f"{signature.hex()} {public_key.hex()}\n".encode()


def pack(lines: Iterable[bytes]) -> bytes:
    """Compress lines; without a time, so that the same lines give the same bytes here."""
    return gzip.compress(b"".join(lines), compresslevel=6, mtime=0)


def archive(files: dict[str, bytes]) -> bytes:
    """The bundle's bytes: its members in their order, stored as they are."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as bundle:
        for name in MEMBERS:
            member = zipfile.ZipInfo(name, NO_TIME)
            member.create_system = 3
            member.external_attr = 0o644 << 16
            bundle.writestr(member, files[name])
    return packed.getvalue()
