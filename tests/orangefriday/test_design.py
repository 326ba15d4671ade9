"""The design system keeps its promises: contrast, one place for colours, no inline style."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from orangefriday.design import SampleForm

PROJECT = Path(settings.BASE_DIR)
STATIC = PROJECT / "orangefriday/static/orangefriday"
WINGS = ("orangefriday", "community", "feedback", "awards")
TEMPLATES = [
    file for wing in WINGS for file in (PROJECT / wing).rglob("*.html") if "templates" in file.parts
]
STYLES = [file for wing in WINGS for file in (PROJECT / wing).rglob("*.css")]

PAGES = ("bg", "surface", "surface-2")
TEXT = [
    *[(text, page) for text in ("ink", "orange-text", "blue", "green-text") for page in PAGES],
    *[("muted", page) for page in (*PAGES, "orange-soft")],
    *[(text, "orange-soft") for text in ("ink", "orange-text")],
    *[(text, "blue-soft") for text in ("ink", "blue")],
    *[("on-orange", "orange"), ("on-blue", "blue"), ("bg", "ink")],
    *[("face-ink", f"face-{number}") for number in range(12)],
]
# What can be filled in, and what has the focus (WCAG 1.4.11).
OUTLINES = [(line, page) for line in ("edge", "orange-text") for page in PAGES]


def colours() -> Iterator[tuple[str, tuple[str, str]]]:
    source = (STATIC / "css/tokens.css").read_text()
    pattern = r"--([\w-]+): light-dark\(#(\w{6}), #(\w{6})\);"
    for name, light, dark in re.findall(pattern, source):
        yield name, (light, dark)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it, 0 to 1."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("pairs", "least"), [(TEXT, 4.5), (OUTLINES, 3.0)], ids=["text", "outlines"]
)
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_contrast(pairs: list[tuple[str, str]], least: float, scheme: int) -> None:
    values = dict(colours())
    measured = {
        f"{text} on {page}": round(contrast(values[text][scheme], values[page][scheme]), 2)
        for text, page in pairs
    }
    assert {pair: ratio for pair, ratio in measured.items() if ratio < least} == {}


@pytest.mark.parametrize("file", STYLES, ids=lambda file: str(file.relative_to(PROJECT)))
def test_colours_are_written_only_as_tokens(file: Path) -> None:
    if file.name != "tokens.css":
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\((?!0 0 0)", file.read_text()) == []


@pytest.mark.parametrize("file", STYLES, ids=lambda file: str(file.relative_to(PROJECT)))
def test_every_token_that_is_used_exists(file: Path) -> None:
    known = set(re.findall(r"--([\w-]+):", (STATIC / "css/tokens.css").read_text()))
    known |= set(re.findall(r"--([\w-]+):", file.read_text()))
    assert set(re.findall(r"var\(--([\w-]+)", file.read_text())) - known == set()


@pytest.mark.parametrize("file", STYLES, ids=lambda file: str(file.relative_to(PROJECT)))
def test_every_rule_stands_in_a_layer(file: Path) -> None:
    source = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.DOTALL)
    outside = re.split(r"^\}", source, flags=re.MULTILINE)
    assert [part.strip() for part in outside if not re.match(r"\s*(@layer |$)", part)] == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(PROJECT)))
def test_templates_hold_no_inline_style_or_script(file: Path) -> None:
    inline = (
        r"<style|\sstyle=|\son\w+=[\"']|javascript:|<script(?![^>]*\b(?:src=|type=.application))"
    )
    assert re.findall(inline, file.read_text()) == []


def test_every_class_of_the_style_page_is_styled() -> None:
    page = (PROJECT / "orangefriday/templates/orangefriday/design.html").read_text()
    used = {name for value in re.findall(r'class="([^"{]*)"', page) for name in value.split()}
    styled = set(re.findall(r"\.([a-z][\w-]*)", "".join(f.read_text() for f in STYLES)))
    assert used - styled == set()


def test_scripts_and_icons_exist() -> None:
    named = re.findall(r'"src": "([^"]+)"', (STATIC / "manifest.webmanifest").read_text())
    for template in TEMPLATES:
        named += re.findall(r"static 'orangefriday/([^']+)'", template.read_text())
    assert [name for name in named if not (STATIC / name).is_file()] == []


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "429.html", "500.html"])
def test_pages_for_bad_moments_need_nothing(name: str) -> None:
    assert "<h1>" in render_to_string(name)


@pytest.mark.django_db
class TestFrame:
    @pytest.mark.parametrize("language", ["en", "zh-hans"])
    def test_a_page_that_is_not_there_has_the_frame(self, client: Client, language: str) -> None:
        page = client.get("/nothing/here/", headers={"accept-language": language})
        assert page.status_code == 404
        assert f'<html lang="{language}">' in page.text

    def test_public_pages_hold_no_token(self, client: Client) -> None:
        assert "csrf" not in client.get("/nothing/here/").text

    @pytest.mark.parametrize(
        ("cookie", "attribute"),
        [("dark", '<html lang="en" data-scheme="dark">'), ('"><b>', '<html lang="en">')],
    )
    def test_the_chosen_scheme_is_drawn_by_the_server(
        self, client: Client, cookie: str, attribute: str
    ) -> None:
        client.cookies["scheme"] = cookie
        assert attribute in client.get("/nothing/here/").text

    def test_the_style_page_is_for_staff(self, client: Client) -> None:
        assert client.get(reverse("design")).status_code == 404

    def test_the_style_page_shows_every_piece(self, client: Client) -> None:
        with override_settings(DEBUG=True):
            assert client.get(reverse("design")).status_code == 200


def test_messages_stay_until_dismissed() -> None:
    messages = [Message(constants.SUCCESS, "Saved."), Message(constants.ERROR, "<b>")]
    html = render_to_string("components/toasts.html", {"messages": messages, "oob": True})
    assert 'role="status"' in html
    assert "toast-success" in html
    assert "<p>&lt;b&gt;</p>" in html
    assert html.count("data-dismiss") == 2


class TestForms:
    @pytest.fixture
    def html(self) -> str:
        return SampleForm({"title": "橙色星期五", "follow": "on"}).render()

    def test_help_and_error_are_tied_to_their_control(self, html: str) -> None:
        assert 'aria-describedby="id_title_helptext"' in html
        assert 'aria-describedby="id_version_error"' in html
        assert '<ul class="errorlist" id="id_version_error"' in html

    def test_a_box_to_tick_stands_inside_its_label(self, html: str) -> None:
        assert re.search(r'<label for="id_follow"><input type="checkbox"[^>]*><span>', html)

    def test_choices_share_a_legend(self, html: str) -> None:
        assert re.search(r"<fieldset[^>]*>\s*<legend>Channel\s*</legend>", html)

    def test_what_may_stay_empty_says_so(self, html: str) -> None:
        assert html.count('class="optional"') == 3

    def test_hidden_fields_are_kept(self) -> None:
        class Hidden(forms.Form):
            token = forms.CharField(widget=forms.HiddenInput)

        assert 'name="token"' in Hidden().render()


def test_numbered_pages_keep_the_query() -> None:
    html = render_to_string(
        "components/pages.html",
        {"page": Paginator(range(300), 25).page(6)},
        RequestFactory().get("/builds/?q=camera&page=6"),
    )
    assert '<span aria-current="page">6</span>' in html
    assert 'href="?q=camera&amp;page=7"' in html
