"""Inline markup becomes plain text."""

import pytest

from community.builds.domain.importing.markup import plain


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a **bold** and *thin* word", "a bold and thin word"),
        ("``code(*a*)`` and `b`", "`code(*a*)` and `b`"),
        ("[page](https://h.example/x) of [@mei](https://h.example/mei)", "page of [@mei]"),
        ("keep `[a](b)` and devices[Big Lamps]", "keep `[a](b)` and devices[Big Lamps]"),
        (":meth:`~phone.Call.end` and :mod:`phone`", "`end` and `phone`"),
        (":doc:`the guide <guide>` by :user:`Mei <mei>`", "the guide by @mei"),
        (
            ":issue:`12`, :pr:`#13`, :rfc:`9110` and :cve:`2026-1`",
            "#12, #13, RFC 9110 and CVE-2026-1",
        ),
        ("`the page <https://h.example>`_ and `name`_", "the page and name"),
        ("https://h.example/a/b/commit/1f2e3d4c5b6a7 done", "1f2e3d4c5b done"),
        ("https://h.example/a/b/issues/12#note", "#12"),
        ("https://h.example/a/b/pull/abc", "https://h.example/a/b/pull/abc"),
        ("_thin_ words, __init__ and snake_case", "thin words, __init__ and snake_case"),
        ("<b>Bold</b> &amp; <br> `<b>` of Map<a>", "Bold & `<b>` of Map<a>"),
        ("see <https://h.example/a/b/pull/12>", "see #12"),
        (r"snake\_case \*and\* more", "snake_case *and* more"),
    ],
)
def test_markup_goes_and_what_it_says_stays(text, result):
    assert plain(text) == result
