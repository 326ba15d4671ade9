"""Words and concepts of comments."""

import pytest

from feedback.reports.domain.themes.words import glossary, name_of, tokens


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("相机闪退", "The camera crashes"),
        ("電池不耐用", "Battery!!"),
        ("蓝牙断断续续", "bluetooth is bad"),
    ],
)
def test_languages_meet_in_concepts(chinese: str, english: str) -> None:
    assert {word for word in tokens(english) if word.startswith("#")} <= set(tokens(chinese))
    assert any(word.startswith("#") for word in tokens(english))


@pytest.mark.parametrize("text", ["", "…", "好", "nice!", "80 %", "The new one is so bad"])
def test_what_says_nothing_has_no_words(text: str) -> None:
    assert tokens(text) == []


def test_a_concept_is_called_as_its_reader_says() -> None:
    assert name_of("#camera") == ("camera", "相机")
    assert all(" " not in key for key in glossary())
