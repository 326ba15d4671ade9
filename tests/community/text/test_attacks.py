"""Nothing that members write comes alive: thousands of attacks in every place a text may stand."""

import pytest
from django.template import engines

from community.text.markdown import excerpt, render
from tests.community.text.attacks import alive, alive_in_prose, attacks, batches

ATTACKS = attacks()
# Where names, titles and tags stand: between tags and in attributes, as templates escape them.
PLACES = engines["django"].from_string(
    '<p title="{{ text }}" aria-label="{{ text }}">{{ text }}</p><input value="{{ text }}">'
)
PLAIN = {"p": {"title", "aria-label"}, "input": {"value"}}


def test_there_are_more_than_five_thousand() -> None:
    assert len(ATTACKS) > 5000


def test_the_parser_sees_what_is_alive() -> None:
    """The control: the same attacks, shown as they were typed."""
    seen = sum(bool(alive_in_prose(text)) for text in ATTACKS)
    assert seen > len(ATTACKS) / 2
    assert alive_in_prose('<a href="java\tscript:x">x</a><img src="//evil.example">')


@pytest.mark.parametrize("form", ["{}", "> {}"], ids=["reply, about, signature", "quote"])
def test_no_post_comes_alive(form: str) -> None:
    wrong = {
        text: found
        for text in ATTACKS
        if (found := alive_in_prose(render(form.format(text), keeps_lines=True)))
    }
    assert wrong == {}


def test_no_title_name_or_tag_comes_alive() -> None:
    for batch in batches(ATTACKS, 200):
        html = PLACES.render({"text": " ".join(batch)})
        assert alive(html, set(PLAIN), PLAIN) == []


def test_no_excerpt_in_a_notice_or_a_mail_comes_alive() -> None:
    for batch in batches(ATTACKS, 200):
        said = " ".join(excerpt(text, 160) for text in batch)
        assert alive(PLACES.render({"text": said}), set(PLAIN), PLAIN) == []
