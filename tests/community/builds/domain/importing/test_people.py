"""One person under two spellings."""

import pytest

from community.builds.domain.importing.notes import Name
from community.builds.domain.importing.people import SamePerson, SameReason, same_person


def name(text: str) -> Name:
    return Name("handle", text[1:]) if text.startswith("@") else Name("person", text)


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("Loïc Teixeira", "Loic teixeira", SameReason.LETTERS),
        ("Sævar Þór", "saevar thor", SameReason.LETTERS),
        ("陈伟", "陳偉", SameReason.LETTERS),
        ("@LukasSchmidt", "Lukas Schmidt", SameReason.LETTERS),
        ("QB (Quentin Bell)", "QB (Quentin) Bell", SameReason.LETTERS),
        ("@qbell", "Quentin Bell", SameReason.HANDLE),
        ("@quentinb", "Quentin Bell", SameReason.HANDLE),
        ("QB (Quentin Bell)", "Quentin Bell", SameReason.NICKNAME),
        ("Mei Chen", "Chen Mei", SameReason.ORDER),
        ("林浩", "@linhao", SameReason.PINYIN),
        ("Hao Lin", "林浩", SameReason.PINYIN),
        ("单小米", "Shan Xiaomi", SameReason.PINYIN),
        ("欧阳娜", "@ouyangna", SameReason.PINYIN),
        ("吕布", "@lubu", SameReason.PINYIN),
        ("Seb Corbin", "Sébastien Corbin", SameReason.SHORT_NAME),
        ("Brylie Oxley", "Brylie C. Oxley", SameReason.SHORT_NAME),
        ("Karran Besen", "Karran Bessen", SameReason.SLIP),
    ],
)
def test_two_spellings_are_offered_as_one_person(a, b, reason):
    assert same_person([name(a), name(b)]) == [SamePerson(name(a), name(b), reason)]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("张伟", "章伟"),
        ("Zhang Wei", "Zhang Lei"),
        ("Sahil Kumar", "Shivam Kumar"),
        ("Mei Chen", "Mei Chang"),
        ("Jo Wu", "@jw"),
    ],
)
def test_two_people_stay_two(a, b):
    assert same_person([name(a), name(b)]) == []


def test_a_pair_is_offered_once_in_order_of_appearance():
    names = [name(text) for text in ("Mei Chen", "Bo", "MEI CHEN", "Mei Chen")]
    assert [(a.text, b.text) for a, b, _reason in same_person(names)] == [("Mei Chen", "MEI CHEN")]
