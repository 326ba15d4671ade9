"""Sealing an award: the same bytes always, and nobody's vote in them."""

import hashlib
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.popcorn.domain import bundle, canonical, merkle
from awards.popcorn.domain.inputs import InputError
from awards.popcorn.domain.snapshot import seal
from tests.awards.popcorn.small_week import (
    KEY,
    ballot,
    ballots,
    header,
    receipts,
    sealed,
    shuffled,
)

# Of sealed(): another value here means that published awards no longer verify.
BYTES = "8ba65174315e4a84f43653ec3f2b674c2d6719f1506f270e6ec65b2d382d5885"


def lines(kind: str, content: bytes) -> list[bytes]:
    start = f'{{"{kind}":'.encode()
    return [line for line in content.split(b"\n") if line.startswith(start)]


def test_the_same_snapshot_gives_the_same_bytes_on_every_machine() -> None:
    assert hashlib.sha256(sealed().content).hexdigest() == BYTES


@settings(max_examples=5)
@given(st.integers())
def test_the_order_of_the_inputs_changes_no_byte(seed: int) -> None:
    mixed = header(
        features=shuffled(header().features, seed),
        engineers=shuffled(header().engineers, seed),
        credits=shuffled(header().credits, seed),
        segments=shuffled(header().segments, seed),
    )
    again = seal(mixed, shuffled(ballots(60), seed), shuffled(receipts(60), seed), KEY)
    assert again.content == sealed().content


def test_another_ballot_gives_other_draws() -> None:
    other = seal(header(), [*ballots(59), ballot(60)], receipts(60), KEY)
    assert other.digest != sealed().digest


def test_the_site_keeps_what_the_file_says() -> None:
    award = sealed()
    told = json.loads(lines("seal", award.content)[0])["seal"]
    assert told["digest"] == award.digest.hex()
    assert told["public_key"] == award.public_key.hex()
    assert told["signature"] == award.signature.hex()
    assert told["trees"]["ballot"] == {"count": 60, "root": award.ballots_root.hex()}
    assert told["trees"]["receipt"] == {"count": 60, "root": award.receipts_root.hex()}
    assert award.parameters == canonical.plain(header().settings)
    summary = json.loads(lines("summary", award.content)[0])["summary"]
    assert summary.items() <= award.result.items()
    KEY.public_key().verify(
        award.signature,
        bundle.signed_bytes({name: told[name] for name in told if name != "signature"}),
    )


def test_every_ballot_and_receipt_is_under_its_root() -> None:
    award = sealed()
    open_ballots, kept = lines("ballot", award.content), sorted(receipts(60))
    for index in range(60):
        proof = merkle.prove(open_ballots, index)
        assert merkle.check(award.ballots_root, open_ballots[index], proof)
        assert merkle.check(award.receipts_root, kept[index], merkle.prove(kept, index))


def test_a_ballot_of_another_build_is_refused() -> None:
    with pytest.raises(InputError, match="feature 9"):
        seal(header(), [ballot(loved=(9,))], receipts(1), KEY)


@pytest.mark.parametrize(
    ("numbers", "kept", "words"),
    [([1, 1], 2, "two ballots"), ([1, 2], 1, "one receipt"), ([1, 2], 3, "one receipt")],
)
def test_each_voter_has_one_ballot_and_one_receipt(
    numbers: list[int], kept: int, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        seal(header(), [ballot(number) for number in numbers], receipts(kept), KEY)


def test_managers_see_who_was_discounted_and_the_file_does_not() -> None:
    ring = [ballot(at, hour=at % 24, loved=(1,), let_down=(2,)) for at in range(100)]
    rest = [ballot(100 + at, hour=at % 24) for at in range(900)]
    award = seal(header(), ring + rest, receipts(1000), KEY)
    weights = award.computed.weights
    discounted = {
        row.pseudonym
        for row, reason in zip(award.ballots, weights.reason, strict=True)
        if reason >= 0
    }
    assert discounted == {row.pseudonym for row in ring}
    assert award.computed.discounted == 100
    assert "weights" not in award.result
    assert len(lines("block", award.content)) == len(award.result["blocks"]) == 1


# Secrecy: the file is public, and a receipt may be shown to whoever pays for a vote.


def committed(row: bytes, number: int) -> bytes:
    """A receipt as the site makes it: the choice under a nonce that nobody is given."""
    nonce = hashlib.sha256(f"nonce {number}".encode()).digest()[:16]
    return hashlib.sha256(nonce + row).digest()


def test_a_receipt_and_the_file_do_not_tell_the_choice() -> None:
    rows = [canonical.dump(canonical.plain(row)) for row in ballots(300)]
    award = seal(header(), ballots(300), [committed(row, at) for at, row in enumerate(rows)], KEY)
    kept = {bytes.fromhex(json.loads(line)["receipt"]) for line in lines("receipt", award.content)}
    guesses = {
        guess(row)
        for line in lines("ballot", award.content)
        for row in (line, canonical.dump(json.loads(line)["ballot"]))
        for guess in (lambda row: hashlib.sha256(row).digest(), merkle.leaf_hash)
    }
    assert not kept & guesses


def correlation(one: list[int], other: list[int]) -> float:
    return float(np.corrcoef(one, other)[0, 1])


def test_the_order_of_the_file_tells_neither_time_nor_receipt() -> None:
    count = 2000
    voters = [ballot(at, hour=at * 100 // count) for at in range(count)]
    receipt_of = dict(zip((row.pseudonym for row in voters), receipts(count), strict=True))
    award = seal(header(), voters, receipts(count), KEY)
    places = list(range(count))
    kept = sorted(receipts(count))
    rank = {receipt: at for at, receipt in enumerate(kept)}
    assert abs(correlation(places, [row.hour for row in award.ballots])) < 0.08
    own = [rank[receipt_of[row.pseudonym]] for row in award.ballots]
    assert abs(correlation(places, own)) < 0.08
    assert lines("receipt", award.content) == [bundle.line("receipt", one.hex()) for one in kept]
