"""Finds what was changed in a bundle after it was sealed, and names the line."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from . import bundle, canonical
from .bundle import FINGERPRINT, KINDS, Tree
from .inputs import InputError

# A file from elsewhere may be anything: so much is read, and nothing in it is ever unpacked.
MOST_BYTES = 1 << 30
MOST_BYTES_A_LINE = 1 << 16

_KIND = re.compile(rb'\{"([a-z]+)":')
_ORDER = {kind: at for at, kind in enumerate((*KINDS, "index", "seal"))}
_HEX = {"digest": 64, "index": 64, "public_key": 64, "signature": 128}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and on which line if it stands on one (the first is 1)."""

    line: int | None
    sentence: str

    def __str__(self) -> str:
        return self.sentence if self.line is None else f"Line {self.line}: {self.sentence}"


@dataclass(frozen=True, eq=False)
class Sheet:
    """A bundle's lines by kind, the number of each in the file, and what does not belong."""

    rows: Mapping[str, list[bytes]]
    numbers: Mapping[str, list[int]]
    problems: list[Problem] = field(default_factory=list)


def sort_lines(content: bytes) -> Sheet:
    """Sort the lines of a file by kind; lines of no kind or in the wrong place are problems."""
    sheet = Sheet({kind: [] for kind in _ORDER}, {kind: [] for kind in _ORDER})
    if len(content) > MOST_BYTES:
        sheet.problems.append(Problem(None, f"The file is larger than {MOST_BYTES} bytes."))
        return sheet
    *lines, rest = content.split(b"\n")
    if rest:
        sheet.problems.append(Problem(len(lines) + 1, "the file breaks off within the line."))
    last = -1
    for number, line in enumerate(lines, start=1):
        match = _KIND.match(line)
        kind = match[1].decode() if match else ""
        if kind not in _ORDER or len(line) > MOST_BYTES_A_LINE:
            sheet.problems.append(Problem(number, "this is no row of a bundle."))
            continue
        if _ORDER[kind] < last:
            sheet.problems.append(Problem(number, f"a row of kind {kind} does not belong here."))
        last = max(last, _ORDER[kind])
        sheet.rows[kind].append(line)
        sheet.numbers[kind].append(number)
    return sheet


def find_damage(sheet: Sheet) -> tuple[dict[str, Any], list[Problem]]:
    """Compare the lines with their seal; return what the seal says and all that was changed."""
    problems = list(sheet.problems)
    if len(sheet.rows["seal"]) != 1:
        problems.append(Problem(None, "The file does not have exactly one seal, on its last line."))
        return {}, problems
    try:
        seal = _read_seal(sheet.rows["seal"][0])
    except InputError as error:
        problems.append(Problem(sheet.numbers["seal"][0], f"the seal {error}."))
        return {}, problems
    hashes = {kind: bundle.leaf_hashes(kind, sheet.rows[kind]) for kind in KINDS}
    for kind in KINDS:
        if canonical.plain(Tree.of(hashes[kind])) != seal["trees"][kind]:
            problems += _changed_lines(sheet, kind, hashes[kind])
    problems += _changed_index(sheet, seal, hashes)
    problems += _forged_seal(sheet, seal, hashes)
    return seal, problems


def _read_seal(line: bytes) -> dict[str, Any]:
    seal: dict[str, Any] = canonical.load(line)["seal"]
    if not isinstance(seal, dict) or seal.keys() != {*_HEX, "trees"}:
        raise InputError("does not have exactly its fields")
    for name, digits in _HEX.items():
        if not re.fullmatch(f"[0-9a-f]{{{digits}}}", str(seal[name])):
            raise InputError(f"field {name} is not {digits} hexadecimal digits")
    if not isinstance(seal["trees"], dict) or seal["trees"].keys() != set(KINDS):
        raise InputError("field trees does not have exactly the kinds of rows")
    return seal


def _changed_lines(sheet: Sheet, kind: str, hashes: Sequence[bytes]) -> Iterator[Problem]:
    """Lines of a kind that the index does not know, and those it knows that are not there."""
    found = [leaf_hash.hex()[:FINGERPRINT] for leaf_hash in hashes]
    listed = _fingerprints(sheet, kind)
    numbers = sheet.numbers[kind]
    added, gone = Counter(found) - Counter(listed), Counter(listed) - Counter(found)
    for number, fingerprint in zip(numbers, found, strict=True):
        if added[fingerprint]:
            added[fingerprint] -= 1
            yield Problem(number, f"this {kind} is not what was sealed: changed or added.")
    for at, fingerprint in enumerate(listed):
        if gone[fingerprint]:
            gone[fingerprint] -= 1
            here = numbers[0] + at if numbers else None
            place = f"{kind} {at + 1} of {len(listed)}"
            yield Problem(here, f"the sealed {place} ({fingerprint}…) is missing or changed.")
    if Counter(found) != Counter(listed):
        return
    for number, fingerprint, expected in zip(numbers, found, listed, strict=True):
        if fingerprint != expected:
            yield Problem(number, f"the {kind} {expected}… was sealed here, not {fingerprint}….")
            return
    yield Problem(
        numbers[0] if numbers else None,
        f"the {kind} rows agree with the index but not with the seal: all of them were replaced.",
    )


def _fingerprints(sheet: Sheet, kind: str) -> list[str]:
    """What the index lists of a kind; a damaged line of the index lists nothing."""
    listed = ""
    for line in sheet.rows["index"]:
        try:
            row = canonical.load(line)["index"]
            listed += row["fingerprints"] if row["kind"] == kind else ""
        except (InputError, KeyError, TypeError):
            continue
    return [listed[at : at + FINGERPRINT] for at in range(0, len(listed), FINGERPRINT)]


def _changed_index(
    sheet: Sheet, seal: Mapping[str, Any], hashes: Mapping[str, list[bytes]]
) -> Iterator[Problem]:
    found = sheet.rows["index"]
    if hashlib.sha256(b"\n".join(found)).hexdigest() == seal["index"]:
        return
    expected = [line for kind in KINDS for line in bundle.index_lines(kind, hashes[kind])]
    for number, line in zip(sheet.numbers["index"], found, strict=True):
        if line not in expected:
            yield Problem(number, "this line of the index is not what was sealed.")
            return
    place = sheet.numbers["seal"][0]
    yield Problem(place, "lines of the index before the seal are missing, doubled or moved.")


def _forged_seal(
    sheet: Sheet, seal: Mapping[str, Any], hashes: Mapping[str, list[bytes]]
) -> Iterator[Problem]:
    told = {name: value for name, value in seal.items() if name != "signature"}
    public_key = bytes.fromhex(seal["public_key"])
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(
            bytes.fromhex(seal["signature"]), bundle.signed_bytes(told)
        )
    except InvalidSignature:
        trees = {kind: Tree.of(hashes[kind]) for kind in KINDS}
        actual = bundle.statement(trees, sheet.rows["index"], public_key)
        wrong = [name for name in actual if actual[name] != told[name]]
        words = ", ".join(wrong) or "public_key or signature"
        place = sheet.numbers["seal"][0]
        yield Problem(place, f"the signature does not cover this seal; look at {words}.")
