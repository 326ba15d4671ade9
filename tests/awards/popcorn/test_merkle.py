"""Merkle trees, against the recursive definition of RFC 6962."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.popcorn.domain import merkle

LEAVES = st.lists(st.binary(max_size=8), max_size=40)


def defined(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + defined(leaves[:half]) + defined(leaves[half:])).digest()


@given(LEAVES)
def test_root_is_as_defined(leaves: list[bytes]) -> None:
    assert merkle.root(leaves) == defined(leaves)


@given(LEAVES.filter(len), st.data())
def test_every_leaf_has_a_proof(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = merkle.prove(leaves, index)
    assert merkle.check(merkle.root(leaves), leaves[index], proof)


@given(st.lists(st.binary(max_size=8), min_size=2, max_size=20, unique=True), st.data())
def test_a_proof_is_of_one_leaf_at_one_place(leaves: list[bytes], data: st.DataObject) -> None:
    index, other = data.draw(st.permutations(range(len(leaves))))[:2]
    root, proof = merkle.root(leaves), merkle.prove(leaves, index)
    assert not merkle.check(root, leaves[other], proof)
    assert not merkle.check(root, leaves[index], merkle.Proof(other, len(leaves), proof.path))


@pytest.mark.parametrize(
    ("index", "count", "cut"), [(-1, 5, 0), (5, 5, 0), (2, 5, 1), (2, 5, -1), (2, 3, 0)]
)
def test_a_bent_proof_fails(index: int, count: int, cut: int) -> None:
    leaves = [bytes([number]) for number in range(5)]
    path = merkle.prove(leaves, 2).path
    path = (*path, path[0]) if cut < 0 else path[: len(path) - cut]
    assert not merkle.check(merkle.root(leaves), leaves[2], merkle.Proof(index, count, path))


def test_there_is_no_proof_of_what_is_not_there() -> None:
    with pytest.raises(IndexError):
        merkle.prove([b"one"], 1)
