"""A bundle verifies as it was sealed, and any change to it is named."""

import hashlib
import json
import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command

from awards.popcorn.domain import bundle, canonical, damage
from awards.popcorn.domain.bundle import Rows
from awards.popcorn.domain.columns import columns
from awards.popcorn.domain.damage import sort_lines
from awards.popcorn.domain.inputs import Segment, Settings
from awards.popcorn.domain.result import compute
from awards.popcorn.domain.snapshot import seal, sign
from awards.popcorn.domain.verify import Report, verify
from tests.awards.popcorn.small_week import KEY, ballot, ballots, header, receipts, sealed

MUTATIONS = 1000
FEW = 12
FORGER = Ed25519PrivateKey.from_private_bytes(bytes(32))


def told(report: Report) -> str:
    return "\n".join(str(problem) for problem in report.problems)


def named(content: bytes) -> set[int | None]:
    return {problem.line for problem in verify(content).problems}


def content_lines(count: int = 60) -> list[bytes]:
    return sealed(count).content.split(b"\n")[:-1]


def joined(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def test_an_award_verifies() -> None:
    report = verify(sealed().content)
    assert report.problems == ()
    assert (report.build, report.ballots) == ("301", 60)
    assert report.digest == sealed().digest.hex()
    assert report.fingerprint == hashlib.sha256(sealed().public_key).hexdigest()
    assert len(report.winners) == len(sealed().computed.outcome.winners)


@pytest.mark.parametrize("key", ["public_key", "fingerprint"])
def test_an_award_verifies_against_its_key(key: str) -> None:
    known = getattr(verify(sealed().content), key)
    assert verify(sealed().content, public_key=known.upper()).problems == ()


def test_an_award_signed_by_somebody_else_is_named() -> None:
    forged = seal(header(), ballots(60), receipts(60), FORGER)
    report = verify(forged.content, public_key=sealed().public_key.hex())
    assert "not by the given key" in told(report)


# Changes after the sealing.


def test_each_flipped_bit_is_named_on_its_line() -> None:
    chance, content = random.Random(11), sealed(FEW).content
    for _ in range(MUTATIONS):
        at = chance.randrange(len(content))
        bent = bytes([content[at] ^ 1 << chance.randrange(8)])
        line = content.count(b"\n", 0, at) + 1
        lines = named(content[:at] + bent + content[at + 1 :])
        assert lines & {line, line + 1}, f"bit at {at}, line {line}: {lines}"


Change = Callable[[list[bytes], int, random.Random], object]


def delete(lines: list[bytes], at: int, _chance: random.Random) -> None:
    del lines[at]


def double(lines: list[bytes], at: int, _chance: random.Random) -> None:
    lines.insert(at, lines[at])


def swap(lines: list[bytes], at: int, _chance: random.Random) -> None:
    lines[at - 1], lines[at] = lines[at], lines[at - 1]


def forge(lines: list[bytes], at: int, chance: random.Random) -> None:
    lines.insert(
        at, bundle.line("ballot", canonical.plain(ballot(chance.randrange(10**9, 10**10))))
    )


@pytest.mark.parametrize("change", [delete, double, swap, forge])
def test_each_line_taken_out_added_or_moved_is_named(change: Change) -> None:
    chance = random.Random(12)
    for at in range(1, len(content_lines(FEW))):
        lines = content_lines(FEW)
        change(lines, at, chance)
        found = named(joined(lines))
        assert found & {at, at + 1, at + 2, len(lines), None}, f"line {at + 1}: {found}"


def test_a_changed_ballot_is_named_with_what_was_sealed() -> None:
    lines = content_lines()
    at = next(at for at, line in enumerate(lines) if line.startswith(b'{"ballot"'))
    lines[at] = lines[at].replace(b'"hour":', b'"hour":1')
    sentences = told(verify(joined(lines)))
    assert f"Line {at + 1}: this ballot is not what was sealed" in sentences
    assert "the sealed ballot 1 of 60" in sentences


def test_ballots_out_of_order_are_named() -> None:
    lines = content_lines()
    at = next(at for at, line in enumerate(lines) if line.startswith(b'{"ballot"'))
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    assert f"Line {at + 1}: the ballot" in told(verify(joined(lines)))


def test_rows_and_index_replaced_together_are_named() -> None:
    """Whoever changes both must leave the seal, or sign it anew with another key."""
    other = seal(header(), [*ballots(59), ballot(99)], receipts(60), KEY).content.split(b"\n")
    lines = [*other[:-2], content_lines()[-1]]
    assert "all of them were replaced" in told(verify(joined(lines)))


def test_a_change_is_named_without_the_help_of_a_broken_index() -> None:
    lines = content_lines()
    at = next(at for at, line in enumerate(lines) if line.startswith(b'{"ballot"'))
    lines[at] += b" "
    broken = [b'{"index":1}' if line.startswith(b'{"index"') else line for line in lines]
    assert f"Line {at + 1}: this ballot is not what was sealed" in told(verify(joined(broken)))


def test_no_rows_at_all_where_some_were_sealed() -> None:
    lines = [line for line in content_lines() if not line.startswith(b'{"receipt"')]
    assert "the sealed receipt 1 of 60" in told(verify(joined(lines)))
    without_index = [line for line in lines if not line.startswith(b'{"index"')]
    assert "the receipt rows" in told(verify(joined(without_index)))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("digest", "0" * 64, "look at digest"),
        ("signature", "0" * 128, "look at public_key or signature"),
        ("digest", "x", "field digest is not 64"),
        ("public_key", 10**63, "field public_key is not 64"),
        ("trees", {}, "exactly the kinds"),
        ("more", 1, "exactly its fields"),
    ],
)
def test_a_bent_seal_is_named(field: str, value: object, words: str) -> None:
    lines = content_lines()
    lines[-1] = bundle.line("seal", json.loads(lines[-1])["seal"] | {field: value})
    assert words in told(verify(joined(lines)))


@pytest.mark.parametrize("seals", [0, 2])
def test_there_is_one_seal(seals: int) -> None:
    lines = content_lines()
    assert "exactly one seal" in told(verify(joined(lines[:-1] + lines[-1:] * seals)))


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b'{"seal":1}\n', b'{"seal":{}}\n', b"{}\n" * 9]
)
def test_other_files_are_no_bundles(content: bytes) -> None:
    assert verify(content).problems


@pytest.mark.parametrize("limit", ["MOST_BYTES", "MOST_LINES"])
def test_a_file_beyond_all_size_is_not_read(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(damage, limit, 50)
    assert "The file is larger than" in told(verify(sealed().content))


def test_of_a_file_that_is_wrong_everywhere_the_rest_is_not_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(damage, "MOST_PROBLEMS", 5)
    assert len(verify(b"\n" * 9).problems) == 5
    without_receipts = [row for row in content_lines() if not row.startswith(b'{"receipt"')]
    assert len(verify(joined(without_receipts)).problems) == 5


def test_an_index_of_anything_lists_nothing() -> None:
    for listed in (1, ["00000000"], {"a": 1}, None):
        index = [bundle.line("index", {"first": 0, "fingerprints": listed, "kind": "ballot"})]
        kept = [row for row in content_lines() if not row.startswith(b'{"index"')]
        assert "not what was sealed" in told(verify(joined([*kept[:-1], *index, kept[-1]])))


# What a dishonest signer could seal.


def dishonest(**changed: Callable[[list[bytes]], list[bytes]]) -> str:
    """What is told of a bundle whose rows of some kinds were changed before it was signed."""
    rows = dict(sort_lines(sealed().content).rows)
    for kind, change in changed.items():
        rows[kind] = Rows(kind, change(rows[kind].lines))
    content, _ = sign(rows, KEY)
    return told(verify(content))


def bent(field: str, value: object) -> Callable[[list[bytes]], list[bytes]]:
    def change(lines: list[bytes]) -> list[bytes]:
        ((kind, row),) = json.loads(lines[0]).items()
        return [bundle.line(kind, row | {field: value}), *lines[1:]]

    return change


def reverse(lines: list[bytes]) -> list[bytes]:
    return lines[::-1]


def sorted_lines(
    change: Callable[[list[bytes]], list[bytes]],
) -> Callable[[list[bytes]], list[bytes]]:
    return lambda lines: sorted(change(lines), key=lambda line: Rows("ballot", [line]).hashes)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"place": bent("score", "99")}, "this place differs in place.score ('99', not '"),
        ({"summary": bent("more", 1)}, "differs in summary.more (1, not None)"),
        ({"score": bent("standing", 1)}, "differs in score.standing (1, not {"),
        ({"place": lambda lines: [b'{"place":', *lines[1:]]}, "place: is not JSON in UTF-8"),
        ({"place": lambda lines: lines[1:]}, "2 rows of kind place; computed anew there are 3"),
        ({"header": bent("format", "popcorn-bundle-9")}, "this format is not popcorn-bundle-1"),
        ({"header": bent("staff_ballots", "many")}, "header: field staff_ballots cannot be 'many'"),
        ({"header": lambda lines: lines * 2}, "exactly one row of kind header"),
        ({"settings": bent("draws", 10**12)}, "settings: The draws must lie in"),
        ({"ballot": bent("hour", -1)}, "hour is not in 0"),
        ({"ballot": bent("loved", [77])}, "feature 77 is not in the build"),
        ({"credit": bent("share", "0.1")}, "Feature 1: its shares sum to 0.4"),
        ({"credit": bent("share", "0.70")}, "rows of kind credit are out of order"),
        ({"feature": reverse}, "rows of kind feature are out of order"),
        ({"ballot": reverse}, "not in the order of their hashes"),
        ({"receipt": reverse}, "receipts are damaged or out of order"),
        ({"receipt": lambda lines: [b'{"receipt":"x"}', *lines]}, "damaged or out of order"),
        ({"receipt": lambda lines: lines[1:]}, "not one receipt for each ballot"),
        ({"receipt": lambda lines: lines[:1] + lines[:-1]}, "not one receipt for each ballot"),
        (
            {"ballot": sorted_lines(lambda lines: lines[:-1] + bent("hour", 102)(lines[:1]))},
            "A voter has two ballots",
        ),
        ({"ballot": sorted_lines(bent("segment", "tv"))}, "segment 'tv' is not known"),
    ],
)
def test_a_dishonest_signer_is_found_out(changed: dict[str, Any], words: str) -> None:
    assert words in dishonest(**changed)


def test_a_lonely_voter_is_found_out() -> None:
    """Fewer than five in a segment would show who they are."""
    voters = [replace(row, segment="phone") for row in ballots(60)]
    voters[0] = replace(voters[0], segment="tablet")
    build = header()
    open_ballots = bundle.ballot_lines(voters)
    rows = {
        **bundle.header_rows(build),
        "ballot": Rows("ballot", [line for line, _ in open_ballots]),
        "receipt": Rows("receipt", bundle.receipt_lines(receipts(60))),
    }
    data = columns(build, [row for _, row in open_ballots])
    rows |= bundle.result_rows(compute(build, data, bundle.digest(rows)))
    assert "fewer than five voters" in told(verify(sign(rows, KEY)[0]))


def test_a_long_index_takes_several_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "FINGERPRINTS_A_LINE", 7)
    award = seal(header(settings=Settings(draws=1)), ballots(60), receipts(60), KEY)
    assert verify(award.content).problems == ()
    lines = award.content.split(b"\n")
    at = next(at for at, line in enumerate(lines) if line.startswith(b'{"index"'))
    del lines[at]
    assert "index" in told(verify(b"\n".join(lines)))


def test_more_than_can_be_drawn_is_not_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("awards.popcorn.domain.verify.MOST_DRAWN", 1)
    assert "too many to compute" in told(verify(sealed().content))


def test_one_segment_verifies() -> None:
    award = seal(header(segments=(Segment("phone", Decimal(1)),)), ballots(60), receipts(60), KEY)
    assert verify(award.content).problems == ()


# The command.


def test_the_command_says_that_all_is_well(tmp_path: Path) -> None:
    file = tmp_path / "award.jsonl"
    file.write_bytes(sealed().content)
    said = StringIO()
    call_command("verify_award", str(file), stdout=said)
    assert "The award of build 301 is what its 60 ballots make of it." in said.getvalue()
    assert sealed().public_key.hex() in said.getvalue()
    assert "Compare the key" in said.getvalue()


def test_the_command_lets_no_name_write_a_line_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "award.jsonl"
    build = header(build="301\x1b[2J\nSigned by: the site")
    file.write_bytes(seal(build, ballots(60), receipts(60), KEY).content)
    said = StringIO()
    call_command("verify_award", str(file), stdout=said)
    assert r"The award of build 301\x1b[2J\nSigned by: the site is" in said.getvalue()


def test_the_command_trusts_a_key_that_was_given(tmp_path: Path) -> None:
    file = tmp_path / "award.jsonl"
    file.write_bytes(sealed().content)
    said = StringIO()
    call_command("verify_award", str(file), "--public-key", sealed().public_key.hex(), stdout=said)
    assert "Compare the key" not in said.getvalue()


@pytest.mark.parametrize("content", [b"{}\n", b"{}\n" * 30, None])
def test_the_command_fails_with_a_sentence(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "award.jsonl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=r"award\.jsonl") as failure:
        call_command("verify_award", str(file), stderr=StringIO())
    assert failure.value.returncode == 1
