"""Finds what was changed in a bundle after it was sealed, and names the line."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from . import bundle, canonical
from .bundle import FINGERPRINT, KINDS, Rows
from .inputs import InputError

# A file from elsewhere may be anything: so much is read, and nothing in it is ever unpacked.
MOST_BYTES = 1 << 30
MOST_BYTES_A_LINE = 1 << 16
# Five million ballots with their receipts.
MOST_LINES = 10_000_000
# Whoever reads more than this has long known that the file is no award.
MOST_PROBLEMS = 1000

_KIND = re.compile(rb'\{"([a-z]+)":')
_FINGERPRINT = re.compile(f".{{1,{FINGERPRINT}}}")
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
class File:
    """A bundle's rows by kind, the number of each line, and what does not belong."""

    rows: Mapping[str, Rows]
    numbers: Mapping[str, list[int]]
    problems: list[Problem]


def sort_lines(content: bytes) -> File:
    """Sort the lines of a file by kind; lines of no kind or in the wrong place are problems.

    After ``MOST_PROBLEMS`` the rest is not read.
    """
    file = File({kind: Rows(kind, []) for kind in _ORDER}, {kind: [] for kind in _ORDER}, [])
    if len(content) > MOST_BYTES or content.count(b"\n") > MOST_LINES:
        most = f"{MOST_BYTES} bytes or {MOST_LINES} lines"
        file.problems.append(Problem(None, f"The file is larger than {most}."))
    else:
        file.problems.extend(islice(_misplaced(content, file), MOST_PROBLEMS))
    return file


def _misplaced(content: bytes, into: File) -> Iterator[Problem]:
    last = number = end = 0
    while (start := end) < len(content):
        number += 1
        end = content.find(b"\n", start) + 1
        if not end:
            yield Problem(number, "the file breaks off within the line.")
            return
        line = content[start : end - 1]
        match = _KIND.match(line)
        kind = match[1].decode() if match else ""
        if kind not in _ORDER or len(line) > MOST_BYTES_A_LINE:
            yield Problem(number, "this is no row of a bundle.")
            continue
        if _ORDER[kind] < last:
            yield Problem(number, f"a row of kind {kind} does not belong here.")
        last = max(last, _ORDER[kind])
        into.rows[kind].lines.append(line)
        into.numbers[kind].append(number)


def find_damage(file: File) -> tuple[dict[str, Any], list[Problem]]:
    """Compare the lines with their seal; return what the seal says and all that was changed."""
    problems = list(file.problems)
    if len(problems) == MOST_PROBLEMS:
        return {}, problems
    if len(file.numbers["seal"]) != 1:
        problems.append(Problem(None, "The file does not have exactly one seal, on its last line."))
        return {}, problems
    place = file.numbers["seal"][0]
    try:
        seal = _read_seal(file.rows["seal"].lines[0])
    except InputError as error:
        problems.append(Problem(place, f"the seal {error}."))
        return {}, problems
    index = file.rows["index"].lines
    told = bundle.statement(file.rows, index, bytes.fromhex(seal["public_key"]))
    changed = [kind for kind in KINDS if told["trees"][kind] != seal["trees"][kind]]
    listed = _fingerprints(file) if changed else {}
    for kind in changed:
        problems += islice(_changed_lines(file, kind, listed.get(kind, [])), MOST_PROBLEMS)
    if told["index"] != seal["index"]:
        problems.append(_changed_index(file))
    if not _is_signed(seal):
        wrong = [name for name in told if told[name] != seal[name]]
        words = ", ".join(wrong) or "public_key or signature"
        problems.append(Problem(place, f"the signature does not fit the seal; look at {words}."))
    return seal, problems


def _read_seal(line: bytes) -> dict[str, Any]:
    seal: dict[str, Any] = canonical.load(line)["seal"]
    if not isinstance(seal, dict) or seal.keys() != {*_HEX, "trees"}:
        raise InputError("does not have exactly its fields")
    for name, digits in _HEX.items():
        told = seal[name]
        if not isinstance(told, str) or not re.fullmatch(f"[0-9a-f]{{{digits}}}", told):
            raise InputError(f"field {name} is not {digits} hexadecimal digits")
    if not isinstance(seal["trees"], dict) or seal["trees"].keys() != set(KINDS):
        raise InputError("field trees does not have exactly the kinds of rows")
    return seal


def _changed_lines(file: File, kind: str, listed: list[str]) -> Iterator[Problem]:
    """Lines of a kind that the index does not list, and those it lists that are not there."""
    found = file.rows[kind].fingerprints
    numbers = file.numbers[kind]
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


def _fingerprints(file: File) -> dict[str, list[str]]:
    """What the index lists of each kind; a damaged line of the index lists nothing."""
    listed: defaultdict[str, list[str]] = defaultdict(list)
    for line in file.rows["index"].lines:
        try:
            row = canonical.load(line)["index"]
            listed[row["kind"]] += _FINGERPRINT.findall(row["fingerprints"])
        except (InputError, KeyError, TypeError):
            continue
    return listed


def _changed_index(file: File) -> Problem:
    expected = {*bundle.index_lines(file.rows)}
    for number, line in zip(file.numbers["index"], file.rows["index"].lines, strict=True):
        if line not in expected:
            return Problem(number, "this line of the index is not what was sealed.")
    last = file.numbers["seal"][0]
    return Problem(last, "lines of the index before the seal are missing, doubled or moved.")


def _is_signed(seal: Mapping[str, Any]) -> bool:
    told = {name: value for name, value in seal.items() if name != "signature"}
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(seal["public_key"]))
    try:
        key.verify(bytes.fromhex(seal["signature"]), bundle.signed_bytes(told))
    except InvalidSignature:
        return False
    return True
