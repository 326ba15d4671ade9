"""Verifies an award bundle from its bytes alone: no database, no network, no trust in the site."""

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from . import canonical, merkle
from .columns import columns
from .inputs import Ballot, Header, InputError
from .result import compute
from .snapshot import (
    BALLOTS,
    FORMAT,
    HEADER,
    MEMBERS,
    RECEIPTS,
    RESULT,
    SEALED,
    SIGNATURE,
    STATEMENT,
    archive,
    snapshot_digest,
)

# A bundle of a million ballots stays well below; what is bigger is not unpacked.
MOST_BYTES = 1_000_000_000
MOST_UNPACKED = 4_000_000_000
STATED = {"format", "digest", "ballots", "ballots_root", "receipts", "receipts_root", "files"}
HASH_DIGITS = 64


class NotVerified(Exception):
    """The bundle is not what was signed; the message names the place."""


def verify(content: bytes, *, public_key: bytes | None = None) -> dict[str, Any]:
    """Check a bundle and compute its award again; gives the result, equal bit for bit.

    ``public_key`` (32 bytes) is the site's, from a place one trusts; without it the bundle's own
    key is used, which shows that nothing was changed since it was signed, not by whom.
    Raises NotVerified.
    """
    files = _unpack(content)
    statement = _signed(files, public_key)
    lines = {name: _lines(name, files[name]) for name in (BALLOTS, RECEIPTS)}
    _check_lines(BALLOTS, lines[BALLOTS], statement["ballots"], statement["ballots_root"])
    _check_lines(RECEIPTS, lines[RECEIPTS], statement["receipts"], statement["receipts_root"])
    for name in SEALED:
        if hashlib.sha256(files[name]).hexdigest() != statement["files"][name]:
            raise NotVerified(f"{name} was changed: its hash is not the signed one.")
    digest = snapshot_digest(
        files[HEADER],
        bytes.fromhex(statement["ballots_root"]),
        bytes.fromhex(statement["receipts_root"]),
    )
    if digest.hex() != statement["digest"]:
        raise NotVerified("The digest is not that of header, ballots and receipts.")
    return _recompute(files, lines[BALLOTS], digest)


def read_header(content: bytes) -> Header:
    """The header of a bundle that was verified before."""
    return canonical.header_of(canonical.load(_unpack(content)[HEADER]))


def _unpack(content: bytes) -> dict[str, bytes]:
    """The members of a bundle; every byte between them is where it has to be."""
    if len(content) > MOST_BYTES:
        raise NotVerified(f"The file is bigger than {MOST_BYTES} bytes.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            if tuple(bundle.namelist()) != MEMBERS:
                raise NotVerified(f"The bundle must hold exactly {', '.join(MEMBERS)}.")
            if any(member.compress_type != zipfile.ZIP_STORED for member in bundle.infolist()):
                raise NotVerified("The bundle's members must be stored, not compressed.")
            files = {name: _member(bundle, name) for name in MEMBERS}
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise NotVerified(f"This is not a whole bundle: {error}.") from None
    if (again := archive(files)) != content:
        at = next(
            (n for n, pair in enumerate(zip(again, content, strict=False)) if pair[0] != pair[1]),
            min(len(again), len(content)),
        )
        raise NotVerified(f"Byte {at} of the bundle was changed, between its files.")
    return files


def _member(bundle: zipfile.ZipFile, name: str) -> bytes:
    try:
        return bundle.read(name)
    except (zipfile.BadZipFile, RuntimeError) as error:
        raise NotVerified(f"{name} was changed: {error}.") from None


def _signed(files: dict[str, bytes], expected: bytes | None) -> dict[str, Any]:
    """The statement, when the signature under it is good."""
    try:
        signature, public_key = (
            bytes.fromhex(part) for part in files[SIGNATURE].decode().rstrip("\n").split(" ")
        )
        if expected is not None and public_key != expected:
            raise NotVerified("The bundle is signed with another key than the given one.")
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, files[STATEMENT])
    except InvalidSignature:
        raise NotVerified(
            f"{STATEMENT} or {SIGNATURE} was changed: the signature is wrong."
        ) from None
    except ValueError:
        raise NotVerified(f"{SIGNATURE} was changed: it holds no signature and key.") from None
    try:
        statement = canonical.load(files[STATEMENT])
    except InputError as error:
        raise NotVerified(f"{STATEMENT}: {error}") from None
    if set(statement) != STATED or statement["format"] != FORMAT:
        raise NotVerified(f"{STATEMENT} is of a format that this version does not know.")
    return dict(statement)


def _lines(name: str, packed: bytes) -> list[bytes]:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as file:
            data = file.read(MOST_UNPACKED + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise NotVerified(f"{name} was changed: {error}.") from None
    if len(data) > MOST_UNPACKED:
        raise NotVerified(f"{name} unpacks to more than {MOST_UNPACKED} bytes.")
    lines = data.split(b"\n")
    if lines.pop():
        raise NotVerified(f"{name}, line {len(lines) + 1}: the line has no end.")
    return lines


def _check_lines(name: str, lines: list[bytes], stated: int, stated_root: str) -> None:
    """Each line's two columns fit, they rise, and their root is the signed one; else names one."""
    leaves, misfits = [], []
    for number, (leaf, fits) in enumerate(_leaves(name, lines), start=1):
        leaves.append(leaf)
        if not fits:
            misfits.append(number)
    if misfits:
        raise NotVerified(f"{name}, line {misfits[0]} was changed: it does not fit its hash.")
    for number in range(1, len(leaves)):
        if leaves[number - 1] >= leaves[number]:
            raise NotVerified(f"{name}, line {number + 1} is out of order or stands twice.")
    if len(leaves) != stated:
        raise NotVerified(f"{name} holds {len(leaves)} lines, {stated} were signed.")
    if merkle.root(leaves).hex() != stated_root:
        raise NotVerified(f"{name}: a line was replaced, its root is not the signed one.")


def _leaves(name: str, lines: list[bytes]) -> Iterator[tuple[bytes, bool]]:
    """What the tree is made of, by line, and whether the line's other column belongs to it."""
    for line in lines:
        first, _space, second = line.partition(b" ")
        try:
            leaf = bytes.fromhex(first.decode()) if len(first) == HASH_DIGITS else b""
        except ValueError:
            leaf = b""
        if name == BALLOTS:
            yield leaf, leaf == hashlib.sha256(second).digest()
        else:
            yield leaf, second == merkle.leaf_hash(leaf).hex().encode()


def _recompute(files: dict[str, bytes], lines: list[bytes], digest: bytes) -> dict[str, Any]:
    header, ballots = _inputs(files[HEADER], lines)
    try:
        result = canonical.result_fields(compute(header, columns(header, ballots), digest))
    except InputError as error:
        raise NotVerified(f"The inputs make no award: {error}") from None
    if canonical.dump(result) != files[RESULT]:
        told = canonical.load(files[RESULT])
        differing = [name for name in result if result[name] != told.get(name)]
        raise NotVerified(
            f"{RESULT}: computed again, it differs in {', '.join(differing) or 'its writing'}."
        )
    return result


def _inputs(header_file: bytes, lines: list[bytes]) -> tuple[Header, list[Ballot]]:
    try:
        header = canonical.header_of(canonical.load(header_file))
    except InputError as error:
        raise NotVerified(f"{HEADER}: {error}") from None
    ballots = []
    for number, line in enumerate(lines, start=1):
        try:
            ballots.append(canonical.ballot_of(line[HASH_DIGITS + 1 :]))
        except InputError as error:
            raise NotVerified(f"{BALLOTS}, line {number}: {error}") from None
    return header, ballots
