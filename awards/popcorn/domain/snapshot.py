"""Seals an award: frozen ballots, receipts and result become one signed file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from . import bundle, canonical
from .bundle import KINDS, Rows, Sheet
from .columns import Columns, columns
from .inputs import Ballot, Header
from .result import Result, compute
from .segments import fold_segments


@dataclass(frozen=True, eq=False)
class Sealed:
    """A finished bundle and what the site keeps beside it.

    ``content`` is the file; ``digest``, roots and ``public_key`` are 32 bytes, ``signature`` 64.
    ``parameters`` are the settings and ``result`` what is published, as plain values;
    ``computed`` is the result with the weight of each of ``ballots``, for managers alone, and
    ``columns`` are these ballots as arrays.
    """

    content: bytes
    digest: bytes
    ballots_root: bytes
    receipts_root: bytes
    signature: bytes
    public_key: bytes
    parameters: dict[str, Any]
    result: dict[str, Any]
    computed: Result
    ballots: tuple[Ballot, ...]
    columns: Columns


def seal(
    header: Header,
    ballots: Iterable[Ballot],
    receipts: Iterable[bytes],
    key: Ed25519PrivateKey,
) -> Sealed:
    """Compute the award of frozen ballots and seal it; the order of the inputs changes no byte.

    Small segments are folded first. ``receipts`` are 32 bytes each, one for each ballot. Raises
    InputError when ballots, receipts and header do not fit together.
    """
    header, folded = fold_segments(header, list(ballots))
    kept = list(receipts)
    bundle.check_voters(folded, kept)
    open_ballots = bundle.ballot_lines(folded)
    in_order = tuple(ballot for _, ballot in open_ballots)
    sheet = {
        **bundle.header_rows(header),
        "ballot": Rows("ballot", [line for line, _ in open_ballots]),
        "receipt": Rows("receipt", bundle.receipt_lines(kept)),
    }
    digest = bundle.digest(sheet)
    laid_out = columns(header, in_order)
    computed = compute(header, laid_out, digest)
    sheet |= bundle.result_rows(computed)
    content, signature = sign(sheet, key)
    return Sealed(
        content=content,
        digest=digest,
        ballots_root=bytes.fromhex(sheet["ballot"].tree.root),
        receipts_root=bytes.fromhex(sheet["receipt"].tree.root),
        signature=signature,
        public_key=key.public_key().public_bytes_raw(),
        parameters=canonical.plain(header.settings),
        result=bundle.result_fields(computed),
        computed=computed,
        ballots=in_order,
        columns=laid_out,
    )


def sign(sheet: Sheet, key: Ed25519PrivateKey) -> tuple[bytes, bytes]:
    """Put the index and the seal behind rows of every kind: the file, and its signature."""
    index = bundle.index_lines(sheet)
    told = bundle.statement(sheet, index, key.public_key().public_bytes_raw())
    signature = key.sign(bundle.signed_bytes(told))
    last = bundle.line("seal", {**told, "signature": signature.hex()})
    rows = [line for kind in KINDS for line in sheet[kind].lines]
    return b"".join(line + b"\n" for line in [*rows, *index, last]), signature
