"""Columns: Han counts two."""

import pytest

from community.text.width import columns, cut


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 0), ("abc", 3), ("小明", 4), ("小明ab", 6), ("ＡＢ", 4), ("e\u0301", 1), ("a\u200bb", 2)],
)
def test_columns(text: str, expected: int) -> None:
    assert columns(text) == expected


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("相机闪退", 8, "相机闪退"),
        ("相机闪退", 7, "相机闪…"),
        ("相机闪退", 6, "相机…"),
        ("hello world", 7, "hello…"),
    ],
)
def test_cut_fits(text: str, limit: int, expected: str) -> None:
    assert cut(text, limit) == expected
    assert columns(expected) <= limit
