"""What the tags of the design system write."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.timezone import override

NOW = datetime(2026, 11, 22, 12, 48, tzinfo=UTC)
CLOSE = datetime(2026, 11, 24, 16, tzinfo=UTC)


@dataclass
class Person:
    name: str
    photo_url: str = ""

    def __str__(self) -> str:
        return self.name


def render(source: str, **context: Any) -> str:
    with override("Asia/Shanghai"):
        return Template("{% load design %}" + source).render(Context(context))


def test_a_face_beside_its_name_is_silent() -> None:
    assert 'aria-hidden="true" title="林浩">浩</span>' in render("{% face person %}", person="林浩")


def test_a_face_alone_says_the_name_and_escapes_it() -> None:
    html = render('{% face person "l" named=True %}', person=Person("<b>"))
    assert 'role="img" aria-label="&lt;b&gt;"' in html


def test_a_photo_takes_the_place_of_the_letter() -> None:
    html = render("{% face person %}", person=Person("Ann", "/media/ann.webp"))
    assert '<img src="/media/ann.webp" alt="">' in html


@pytest.mark.parametrize(("people", "faces", "more"), [(3, 3, ""), (4, 4, ""), (5, 3, "+2")])
def test_a_row_of_faces_hides_only_two_or_more(people: int, faces: int, more: str) -> None:
    html = render("{% faces people %}", people=[f"E{n}" for n in range(people)])
    assert (html.count("title="), "".join(re.findall(r">(\+\d)<", html))) == (faces, more)


def test_a_row_of_faces_is_read_as_names() -> None:
    assert 'aria-label="林浩, R. Rao"' in render("{% faces people %}", people=["林浩", "R. Rao"])


def test_moments_carry_the_exact_one() -> None:
    html = render("{% when at now %}{% deadline close now %}", at=NOW, now=NOW, close=CLOSE)
    assert html == (
        '<time datetime="2026-11-22T12:48:00+00:00"'
        ' title="Sunday 22 November 2026, 20:48 (Asia/Shanghai)">just now</time>'
        '<time datetime="2026-11-24T16:00:00+00:00"'
        ' title="Wednesday 25 November 2026, 00:00 (Asia/Shanghai)">Tue 24:00</time>'
    )


def test_a_countdown_brings_its_words() -> None:
    html = render('{% countdown close "closed" now %}', close=CLOSE, now=NOW)
    assert 'data-day=" d " data-over="closed">2 d 03:12</time>' in html


def test_a_countdown_that_is_over_says_so() -> None:
    assert render("{% countdown close now=close %}", close=CLOSE).endswith(">over</time>")


@pytest.mark.parametrize(
    ("query", "numeric", "link", "state"),
    [
        ("", True, "sort=-joy", None),
        ("sort=-joy&page=3", True, "sort=joy", "descending"),
        ("sort=joy", True, "sort=-joy", "ascending"),
        ("", False, "sort=joy", None),
        ("sort=joy", False, "sort=-joy", "ascending"),
        ("device=mi5&sort=name", True, "device=mi5&amp;sort=-joy", None),
    ],
)
def test_a_column_head_sorts_and_turns(
    query: str, numeric: bool, link: str, state: str | None
) -> None:
    html = render(
        '{% sortable "joy" "Joy" numeric=numeric %}',
        numeric=numeric,
        request=RequestFactory().get(f"/?{query}"),
    )
    assert f'<a href="?{link}">Joy</a>' in html
    assert re.findall(r'aria-sort="(\w+)"', html) == ([state] if state else [])
