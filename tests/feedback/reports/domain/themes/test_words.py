"""Words and concepts of comments."""

import pytest
from django.utils import translation

from feedback.reports.domain.themes.labels import named
from feedback.reports.domain.themes.words import glossary, name_of, tokens
from feedback.reports.models import Theme


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


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "recording · dance"), ("zh-hans", "录音 · 方便 · 同意")]
)
def test_a_label_speaks_one_language(language: str, shown: str) -> None:
    theme = Theme(label=named(["#recording", "方便", "dance", "同意", "开会"]))
    with translation.override(language):
        assert str(theme) == shown


def test_a_label_without_a_word_in_the_readers_language_keeps_the_others() -> None:
    with translation.override("zh-hans"):
        assert str(Theme(label=named(["dance", "floor"]))) == "dance · floor"
