"""Names in Chinese order, found by their initials."""

import pytest

from community.text.pinyin import initials, sort_key, spelled


def test_names_sort_by_syllable_then_tone() -> None:
    names = ["西安", "先生", "Bob", "王五", "阿里", "李明", "黎", "重庆"]
    expected = ["阿里", "Bob", "重庆", "黎", "李明", "王五", "西安", "先生"]
    assert sorted(names, key=sort_key) == expected


def test_sort_key_fits_its_column() -> None:
    assert len(sort_key("装" * 20)) <= 120


@pytest.mark.parametrize(
    ("name", "short", "long"),
    [("小米", "xm", "xiaomi"), ("小米Plus", "xmplus", "xiaomiplus"), ("Bob", "bob", "bob")],
)
def test_what_one_types(name: str, short: str, long: str) -> None:
    assert (initials(name), spelled(name)) == (short, long)
