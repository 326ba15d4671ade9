"""Search terms, judged by PostgreSQL itself."""

import pytest
from django.db import connection
from hypothesis import example, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from community.text import pairs

HAN = "相机闪退橙色星期五的的一"
# Longer than PostgreSQL counts positions, and nothing in it too often.
LONG = "".join(chr(0x4E00 + number * 7 % 20_000) for number in range(17_000))
TEXTS = st.text(st.sampled_from(HAN + "繁體ab3. ，\n"), min_size=1, max_size=30)


def found(text: str, query: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s::tsvector @@ %s::tsquery", [pairs.index_terms(text, weight="A"), query]
        )
        return bool(cursor.fetchone()[0])


class Substrings(TestCase):
    """What is in a text is found in it, and phrases only where they stand."""

    @hypothesis(max_examples=60)
    @given(st.text(st.sampled_from(HAN), min_size=1), st.text(), st.text())
    @example("哈" * 100, "哈" * 100, "")
    @example(LONG[14_990:15_020], LONG[:14_990], LONG[15_020:])
    def test_every_run_of_han_is_found(self, run: str, before: str, after: str) -> None:
        assert found(before + run + after, pairs.query(run))

    @hypothesis(max_examples=100)
    @given(TEXTS, st.text(st.sampled_from(HAN), min_size=2, max_size=4))
    @example("相机，闪退", "机闪")
    @example("相机机闪 机闪闪退", "相机闪")
    def test_a_run_is_found_only_where_it_stands(self, text: str, run: str) -> None:
        assert found(text, pairs.query(run)) == (pairs.fold(run) in pairs.fold(text))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "query", "is_found"),
    [
        ("更新到 3.5.7 了", "3.5.7", True),
        ("更新到 3.5.7 了", "3.5", True),
        ("更新到 3.5.7 了", "5.7", True),
        ("更新到 3.5.7 了", "3.7", False),
        ("更新到 13.5 了", "3.5", False),
        ("更新到 3 5 了", "3.5", False),
        ("V5.1.10.0.MCACNFG", "v5.1.10.0.mcacnfg", True),
        ("V5.1.10.0.MCACNFG", "v5.1", True),
        ("MIUI 12很流畅", "miui12", True),
        ("MIUI12很流畅", "miui 12", True),
        ("Wi-Fi keeps failing", "wifi", True),
        ("two crashes", "crash", True),
        ("the camera crashed", "came", False),
        ("小米15的相机", "小米15相机", True),
        ("don't", "dont", True),
    ],
)
def test_words(text: str, query: str, is_found: bool) -> None:
    assert found(text, pairs.query(query)) is is_found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "phrase", "is_found"),
    [
        ("The full screen gesture", "full screen", True),
        ("full, screen", "full screen", False),
        ("full HD screen", "full screen", False),
        ("小米 15 很好", "小米15很好", True),
        ("MIUI12 is out", "miui12 is", True),
        ("相机，闪退", "相机 闪退", False),
    ],
)
def test_phrases(text: str, phrase: str, is_found: bool) -> None:
    assert found(text, pairs.phrase(phrase)) is is_found


def test_what_has_no_words_asks_for_nothing() -> None:
    assert (
        pairs.query("… !?") == pairs.phrase("") == pairs.any_of("，") == pairs.index_terms("") == ""
    )
