"""The file of an award that anybody can download and check: one row a line, sealed by the last.

Every line is canonical JSON, ``{"kind": {…}}``, and ends in a newline; the kinds stand in the order
of ``KINDS``. Behind the rows, ``index`` lines repeat the first eight digits of each line's hash, so
that a line that was changed, added, taken out or moved can be named. The ``seal`` holds the number
and the Merkle root of the lines of each kind, and an Ed25519 signature over all of it.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from . import canonical, merkle
from .inputs import Ballot, Credit, Engineer, Feature, Header, InputError, Override, Segment
from .result import Judgement, Result

FORMAT = "popcorn-bundle-1"
CONTENT_TYPE, SUFFIX = "application/jsonl", "jsonl"

# Kinds of rows that are tables of the header, and the field each fills.
TABLES: Mapping[str, tuple[str, type[Any]]] = {
    "segment": ("segments", Segment),
    "feature": ("features", Feature),
    "engineer": ("engineers", Engineer),
    "credit": ("credits", Credit),
    "override": ("overrides", Override),
}
INPUTS = ("header", "settings", *TABLES, "ballot", "receipt")
RESULTS = ("summary", "score", "place", "block")
KINDS = (*INPUTS, *RESULTS)

FINGERPRINT = 8
FINGERPRINTS_A_LINE = 1000
_RECEIPT = re.compile(rb'\{"receipt":"([0-9a-f]{64})"\}')


@dataclass(frozen=True, slots=True)
class Meta:
    """The header's own fields: all of ``Header`` that is not a table or the settings."""

    format: str
    build: str
    published_at: str
    code_version: str
    numpy_version: str
    staff_ballots: int
    own_verdicts: int
    corrects: str
    reason: str


@dataclass(frozen=True, slots=True)
class Tree:
    """How many lines of a kind there are, and their Merkle root in hexadecimal."""

    count: int
    root: str


@dataclass(frozen=True, eq=False)
class Rows:
    """The lines of one kind, each without its end."""

    kind: str
    lines: list[bytes]

    @cached_property
    def hashes(self) -> list[bytes]:
        """The lines' hashes; a receipt is hashed as the 32 bytes its voter knows."""
        leaves = receipts(self.lines) if self.kind == "receipt" else self.lines
        return [merkle.leaf_hash(leaf) for leaf in leaves]

    @cached_property
    def tree(self) -> Tree:
        """The tree over the lines in their order."""
        return Tree(len(self.lines), merkle.root_of_hashes(self.hashes).hex())

    @property
    def fingerprints(self) -> list[str]:
        """The first digits of each line's hash: enough to name it."""
        return [leaf_hash[: FINGERPRINT // 2].hex() for leaf_hash in self.hashes]


Sheet = Mapping[str, Rows]


def line(kind: str, row: object) -> bytes:
    """One row as a line, without its end."""
    return canonical.dump({kind: row})


def header_rows(header: Header) -> dict[str, Rows]:
    """Everything about the build that is not a ballot."""
    meta = {field.name: getattr(header, field.name, FORMAT) for field in fields(Meta)}
    settings = line("settings", header.settings)
    rows = [Rows("header", [line("header", meta)]), Rows("settings", [settings])]
    for kind, (field, _) in TABLES.items():
        lines = [line(kind, row) for row in getattr(header, field)]
        rows.append(Rows(kind, lines))
    return {row.kind: row for row in rows}


def read_header(rows: Mapping[str, Sequence[Any]]) -> Header:
    """The header of rows that were read from their lines; InputError when they do not fit."""
    meta: Meta = rows["header"][0]
    own: dict[str, Any] = {field.name: getattr(meta, field.name) for field in fields(Meta)}
    del own["format"]
    tables: dict[str, Any] = {field: tuple(rows[kind]) for kind, (field, _) in TABLES.items()}
    return Header(**own, **tables, settings=rows["settings"][0])


def ballot_lines(ballots: Iterable[Ballot]) -> list[tuple[bytes, Ballot]]:
    """Each open ballot's line with the ballot, in the order of the lines' hashes.

    The order tells nothing of who voted when, nor which receipt belongs to which ballot.
    """
    lines = [(line("ballot", ballot), ballot) for ballot in ballots]
    return sorted(lines, key=lambda pair: merkle.leaf_hash(pair[0]))


def receipt_lines(receipts: Iterable[bytes]) -> list[bytes]:
    """Receipts (32 bytes each) as lines, in their own order."""
    return [b'{"receipt":"%b"}' % receipt.hex().encode() for receipt in sorted(receipts)]


def check_voters(ballots: Sequence[Ballot], receipts: Sequence[bytes]) -> None:
    """InputError unless each voter has one ballot and each ballot one receipt."""
    if len({ballot.pseudonym for ballot in ballots}) != len(ballots):
        raise InputError("A voter has two ballots.")
    if not len(receipts) == len(set(receipts)) == len(ballots):
        raise InputError("There is not one receipt for each ballot.")


def receipts(lines: Iterable[bytes]) -> list[bytes]:
    """The receipts that lines hold, 32 bytes each; a damaged line stands for itself."""
    matches = [(_RECEIPT.fullmatch(line), line) for line in lines]
    return [bytes.fromhex(match[1].decode()) if match else line for match, line in matches]


def result_fields(result: Judgement) -> dict[str, Any]:
    """What an award publishes of its result: no weight of any single voter."""
    names = [field.name for field in fields(result) if field.name != "weights"]
    return {name: canonical.plain(getattr(result, name)) for name in names}


def result_rows(result: Result) -> dict[str, Rows]:
    """The same as lines: a summary, and a line for each feature, engineer and flagged pair."""
    told = result_fields(result)
    tables = {"score": "features", "place": "places", "block": "blocks"}
    rows = {
        kind: Rows(kind, [line(kind, row) for row in told.pop(name)])
        for kind, name in tables.items()
    }
    return {"summary": Rows("summary", [line("summary", told)]), **rows}


def digest(sheet: Sheet) -> bytes:
    """SHA-256 over the roots of all inputs; its first eight bytes seed the award's draws."""
    roots = canonical.dump({kind: sheet[kind].tree.root for kind in INPUTS})
    return hashlib.sha256(b"popcorn snapshot\n" + roots).digest()


def index_lines(sheet: Sheet) -> list[bytes]:
    """The fingerprints of all lines, kind by kind, many a line."""
    index = []
    for kind in KINDS:
        listed = sheet[kind].fingerprints
        for first in range(0, len(listed), FINGERPRINTS_A_LINE):
            some = "".join(listed[first : first + FINGERPRINTS_A_LINE])
            index.append(line("index", {"kind": kind, "first": first, "fingerprints": some}))
    return index


def statement(sheet: Sheet, index: Sequence[bytes], public_key: bytes) -> dict[str, Any]:
    """What the signature covers."""
    return {
        "digest": digest(sheet).hex(),
        "index": hashlib.sha256(b"\n".join(index)).hexdigest(),
        "public_key": public_key.hex(),
        "trees": {kind: canonical.plain(sheet[kind].tree) for kind in KINDS},
    }


def signed_bytes(told: Mapping[str, Any]) -> bytes:
    """The bytes that are signed: named, so that the key can sign nothing else by accident."""
    return b"popcorn seal\n" + canonical.dump(told)
