"""One spelling for one word."""

import pytest

from community.text.fold import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＭＩＵＩ", "miui"),
        ("繁體", "繁体"),
        ("乾淨的後台", "干净的后台"),
        ("Straße", "straße"),
        ("①ﬁ", "1fi"),
        ("简体", "简体"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_the_fold_of_a_part_is_a_part_of_the_fold() -> None:
    text = "相機閃退的問題已經修復乾隆年間"
    assert all(fold(text[:n]) + fold(text[n:]) == fold(text) for n in range(len(text)))
