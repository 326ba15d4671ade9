"""Checks an award's bundle: its seal, each of its lines, and the ranking computed once more."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from . import bundle, canonical
from .bundle import TABLES, Meta
from .columns import Columns, columns
from .damage import MOST_PROBLEMS, File, Problem, find_damage, sort_lines
from .inputs import Ballot, Header, InputError, Settings
from .result import compute
from .segments import fold_segments

# Features × segments × draws: minutes of drawing, and far more than any build has.
MOST_DRAWN = 10**9

_ROWS: dict[str, type[Any]] = {
    "header": Meta,
    "settings": Settings,
    **{kind: row for kind, (_, row) in TABLES.items()},
    "ballot": Ballot,
}


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: no problems, and the award is what its ballots make of it.

    ``fingerprint`` is the SHA-256 of the public key: compare it with the one the site publishes.
    """

    problems: tuple[Problem, ...]
    build: str = ""
    ballots: int = 0
    digest: str = ""
    public_key: str = ""
    fingerprint: str = ""
    bucket: tuple[str, ...] = ()
    winners: tuple[str, ...] = ()


def verify(content: bytes, *, public_key: str = "") -> Report:
    """Check a bundle, against a public key (or its SHA-256) in hexadecimal if one is given."""
    file = sort_lines(content)
    seal, problems = find_damage(file)
    if problems:
        return Report(tuple(problems))
    fingerprint = hashlib.sha256(bytes.fromhex(seal["public_key"])).hexdigest()
    if public_key and public_key.lower() not in {seal["public_key"], fingerprint}:
        sentence = f"the bundle is signed by {seal['public_key']}, not by the given key."
        return Report((Problem(file.numbers["seal"][0], sentence),))
    try:
        rows = _read_rows(file)
        header, laid_out = _read_inputs(file, rows)
        _check_secrecy(file, header, rows["ballot"])
    except _Wrong as wrong:
        return Report((wrong.problem,))
    result = compute(header, laid_out, bytes.fromhex(seal["digest"]))
    titles = {feature.id: feature.title for feature in header.features}
    names = {engineer.id: engineer.name for engineer in header.engineers}
    return Report(
        problems=tuple(islice(_differences(file, bundle.result_rows(result)), MOST_PROBLEMS)),
        build=header.build,
        ballots=result.ballots,
        digest=seal["digest"],
        public_key=seal["public_key"],
        fingerprint=fingerprint,
        bucket=tuple(titles[feature] for feature in result.outcome.bucket),
        winners=tuple(names[engineer] for engineer in result.outcome.winners),
    )


class _Wrong(Exception):
    """What was sealed is no award: the signer, not somebody afterwards, is to blame."""

    def __init__(self, line: int | None, sentence: str) -> None:
        self.problem = Problem(line, sentence)


def _read_rows(file: File) -> dict[str, list[Any]]:
    rows: dict[str, list[Any]] = {kind: [] for kind in _ROWS}
    for kind, row in _ROWS.items():
        for number, line in zip(file.numbers[kind], file.rows[kind].lines, strict=True):
            try:
                rows[kind].append(canonical.read(row, canonical.load(line)[kind]))
            except InputError as error:
                raise _Wrong(number, f"{kind}: {error}") from None
    return rows


def _read_inputs(file: File, rows: dict[str, list[Any]]) -> tuple[Header, Columns]:
    for kind in ("header", "settings", "summary"):
        if len(file.numbers[kind]) != 1:
            raise _Wrong(None, f"The file does not have exactly one row of kind {kind}.")
    if rows["header"][0].format != bundle.FORMAT:
        raise _Wrong(1, f"this format is not {bundle.FORMAT}, the one that is known here.")
    try:
        header = bundle.read_header(rows)
        laid_out = columns(header, rows["ballot"])
    except InputError as error:
        raise _Wrong(None, str(error)) from None
    if len(header.features) * len(header.segments) * header.settings.draws > MOST_DRAWN:
        raise _Wrong(None, "Features, segments and draws are too many to compute it anew.")
    for kind, own in bundle.header_rows(header).items():
        if own.lines != file.rows[kind].lines:
            raise _Wrong(file.numbers[kind][0], f"the rows of kind {kind} are out of order.")
    return header, laid_out


def _check_secrecy(file: File, header: Header, ballots: list[Ballot]) -> None:
    """Nothing in the file may tell who cast a ballot, and each voter has one."""
    hashes = file.rows["ballot"].hashes
    if hashes != sorted(hashes):
        first = file.numbers["ballot"][0]
        raise _Wrong(first, "the ballots are not in the order of their hashes.")
    receipts = file.rows["receipt"].lines
    if receipts != bundle.receipt_lines(bundle.receipts(receipts)):
        raise _Wrong(file.numbers["receipt"][0], "the receipts are damaged or out of order.")
    try:
        bundle.check_voters(ballots, receipts)
    except InputError as error:
        raise _Wrong(None, str(error)) from None
    if fold_segments(header, ballots) != (header, ballots):
        raise _Wrong(None, "A segment has fewer than five voters.")


def _differences(file: File, recomputed: bundle.Sheet) -> Iterator[Problem]:
    """Rows of the published result that the ballots do not give, and the fields that differ."""
    for kind, own in recomputed.items():
        told, numbers = file.rows[kind].lines, file.numbers[kind]
        if len(told) != len(own.lines):
            counts = f"{len(told)} rows of kind {kind}; computed anew there are {len(own.lines)}"
            yield Problem(None, f"The file has {counts}.")
        for number, line, right in zip(numbers, told, own.lines, strict=False):
            if line != right:
                yield Problem(number, _difference(kind, line, right))


def _difference(kind: str, told: bytes, right: bytes) -> str:
    try:
        fields = ", ".join(_differing(canonical.load(told), canonical.load(right)))
    except InputError as error:
        return f"{kind}: {error}."
    return f"computed anew, this {kind} differs in {fields}."


def _differing(told: Any, own: Any, path: str = "") -> Iterator[str]:
    """Each field with the value it has in the file and the one it should have."""
    if isinstance(told, dict) and isinstance(own, dict):
        for name in sorted(told.keys() | own.keys()):
            yield from _differing(told.get(name), own.get(name), f"{path}.{name}" if path else name)
    elif told != own:
        yield f"{path} ({told!r:.60}, not {own!r:.60})"
