"""Merkle trees over SHA-256: one root for all leaves, a short proof for one of them.

The tree is that of RFC 6962, section 2.1: leaves and nodes are hashed apart, so that none can be
passed off as the other.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

EMPTY = hashlib.sha256().digest()


@dataclass(frozen=True, slots=True)
class Proof:
    """That a leaf stands at ``index`` of ``count``: its neighbours' hashes, from the leaf up."""

    index: int
    count: int
    path: tuple[bytes, ...]


def leaf_hash(leaf: bytes) -> bytes:
    """The hash that stands for a leaf, 32 bytes."""
    return hashlib.sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two nodes, 32 bytes."""
    return hashlib.sha256(b"\1" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root (32 bytes) of leaves in their order."""
    return root_of_hashes([leaf_hash(leaf) for leaf in leaves])


def root_of_hashes(level: list[bytes]) -> bytes:
    """The root (32 bytes) over leaf hashes in their order."""
    while len(level) > 1:
        level = _above(level)
    return level[0] if level else EMPTY


def prove(leaves: Sequence[bytes], index: int) -> Proof:
    """The proof for the leaf at an index; IndexError when there is none."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    hashes = [leaf_hash(leaf) for leaf in leaves]
    return Proof(index, len(leaves), tuple(path_of_hashes(hashes, index)))


def path_of_hashes(level: list[bytes], at: int) -> list[bytes]:
    """The neighbours (32 bytes each) on the way from one of some hashes up to their root."""
    path: list[bytes] = []
    while len(level) > 1:
        neighbour = at ^ 1
        if neighbour < len(level):
            path.append(level[neighbour])
        level, at = _above(level), at // 2
    return path


def check(tree_root: bytes, leaf: bytes, proof: Proof) -> bool:
    """Whether a proof leads from a leaf to the root."""
    if not 0 <= proof.index < proof.count:
        return False
    here, at, width = leaf_hash(leaf), proof.index, proof.count
    steps = iter(proof.path)
    while width > 1:
        # The last of an odd row has no neighbour and moves up as it is.
        if at ^ 1 < width:
            neighbour = next(steps, None)
            if neighbour is None:
                return False
            here = node_hash(neighbour, here) if at % 2 else node_hash(here, neighbour)
        at, width = at // 2, (width + 1) // 2
    return here == tree_root and next(steps, None) is None


def _above(level: list[bytes]) -> list[bytes]:
    pairs = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return pairs + level[len(pairs) * 2 :]
