"""Stencils: a look is rendered once, and filled in with the words of each thing."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from community.text.stencils import AskedSlotError, Slot, Stencils, late


def stencils(source: str, **tags: Any) -> tuple[Stencils, list[Any]]:
    """Stencils of a template, and the looks they rendered."""
    template, rendered = Template(source), []

    def render(look: Any, slots: Mapping[str, Slot]) -> str:
        rendered.append(look)
        return template.render(Context({"look": look, **tags, **slots}))

    return Stencils(render), rendered


def thing(**words: Any) -> dict[str, Any]:
    return {"thing": SimpleNamespace(**words)}


def test_a_look_is_rendered_once_and_filled_with_the_words_of_each() -> None:
    made, rendered = stencils(
        "{% if look %}100% {% endif %}<b>{{ thing.name }}</b>{{ thing.name }}"
    )
    assert made.fill(True, thing(name="<a>")) == "100% <b>&lt;a&gt;</b>&lt;a&gt;"
    assert made.fill(True, thing(name="%s")) == "100% <b>%s</b>%s"
    assert made.fill(False, thing(name=lambda: 7)) == "<b>7</b>7"
    assert rendered == [True, False]


def test_each_language_has_its_own() -> None:
    made, rendered = stencils("{{ thing.n }}")
    for language in ("en", "zh-hans", "en"):
        with translation.override(language):
            assert made.fill(None, thing(n=1)) == "1"
    assert len(rendered) == 2


def test_a_late_tag_works_when_the_words_are_there() -> None:
    made, _rendered = stencils(
        "{% load markdown stencil %}"
        "{% url 'members:profile' thing.name|in_address %}{{ thing.text|markdown }}"
    )
    assert made.fill(None, thing(name="a?b", text="*hi*")) == "/members/a%3Fb/<p><em>hi</em></p>\n"
    assert late(str.upper)("a") == "A"


@pytest.mark.parametrize(
    "source", ["{% if thing.n %}{% endif %}", "{% if not thing.n %}{% endif %}",
               "{% if thing.n == 3 %}{% endif %}", "{% for x in thing.n %}{% endfor %}",
               "{{ thing.n|default:1 }}"],
)  # fmt: skip
def test_what_is_filled_in_decides_nothing(source: str) -> None:
    made, _rendered = stencils(source)
    with pytest.raises(AskedSlotError):
        made.fill(None, thing(n=3))
