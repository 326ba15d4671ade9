"""Canonical JSON: one way to write a row, and no other is read."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.popcorn.domain import canonical
from awards.popcorn.domain.inputs import Ballot, InputError, Override, Settings
from tests.awards.popcorn.small_week import ballot

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=9,
)


@given(JSON)
def test_what_is_written_is_read(value: Any) -> None:
    assert canonical.load(canonical.dump(value)) == value


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b'"\\u7c73"',
        b'"\xff"',
        b"1e1",
        b"[" * 60_000,
        b"9" * 5000,
    ],
)
def test_other_ways_are_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        canonical.load(data)


@pytest.mark.parametrize(
    ("number", "text"),
    [("77.8700", "77.87"), ("100", "100"), ("1E+2", "100"), ("0E-4", "0"), ("-0.5", "-0.5")],
)
def test_decimals_have_one_spelling(number: str, text: str) -> None:
    assert canonical.plain(Decimal(number)) == text


@pytest.mark.parametrize(
    "row",
    [
        ballot(loved=(1, 2), let_down=(3,)),
        Override("loved:1", "loved:2", None, "米"),
        Override("loved:1", "loved:2", 3, ""),
        Settings(),
    ],
)
def test_rows_come_back(row: Any) -> None:
    assert canonical.read(type(row), canonical.plain(row)) == row


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("pseudonym", 1),
        ("hour", "1"),
        ("hour", True),
        ("hour", 1.0),
        ("hour", 2**63),
        ("loved", "12"),
        ("loved", [1, None]),
    ],
)
def test_a_field_of_another_type_is_named(field: str, told: object) -> None:
    row = canonical.plain(ballot()) | {field: told}
    with pytest.raises(InputError, match=field):
        canonical.read(Ballot, row)


@pytest.mark.parametrize(
    "joy", [["0", "30", "70"], ["0", "30", "70", "1e2"], ["0", "30", "70", 100]]
)
def test_points_are_four_plain_decimals(joy: list[object]) -> None:
    with pytest.raises(InputError, match="joy"):
        canonical.read(Settings, canonical.plain(Settings()) | {"joy": joy})


@pytest.mark.parametrize("told", [[], {}, {**canonical.plain(ballot()), "name": "Mei"}])
def test_other_fields_are_refused(told: object) -> None:
    with pytest.raises(InputError, match="exactly the fields"):
        canonical.read(Ballot, told)
