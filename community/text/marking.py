"""Marking in a text what was searched: found in its fold, shown as it was written."""

import html
import unicodedata
from collections.abc import Collection, Iterator

import nh3
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from community.text import pairs
from community.text.fold import fold
from community.text.width import ELLIPSIS, columns

Span = tuple[int, int]
# How much of an excerpt stands before the first mark.
_LEAD = 0.25


def plain(safe_html: str) -> str:
    """The words of rendered text, blocks on lines of their own."""
    return html.unescape(nh3.clean(safe_html, tags=set()))


def needles(text: str) -> frozenset[str]:
    """What to mark for the words of a question: whole runs of Han, and lexemes of words."""
    return frozenset(pairs.sought(text))


def marked(text: str, sought: Collection[str]) -> SafeString:
    """The text as HTML with <mark> around what was sought."""
    return _joined(text, _spans(text, sought))


def excerpt(text: str, sought: Collection[str], width: int) -> SafeString:
    """About `width` columns of a text around the first that was sought, marked, on one line."""
    line = " ".join(text.split())
    spans = list(_spans(line, sought))
    first = spans[0][0] if spans else 0
    begin = _back(line, first, int(width * _LEAD)) if columns(line[: first + 1]) > width else 0
    end = _forward(line, begin, width)
    inside = [(max(a, begin) - begin, min(b, end) - begin) for a, b in spans if a < end]
    lead, tail = ELLIPSIS * (begin > 0), ELLIPSIS * (end < len(line))
    return format_html("{}{}{}", lead, _joined(line[begin:end], iter(inside)), tail)


def _joined(text: str, spans: Iterator[Span]) -> SafeString:
    pieces, at = [], 0
    for begin, end in spans:
        pieces += [(text[at:begin], text[begin:end])]
        at = end
    marks = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}", marks, text[at:])


def _spans(text: str, sought: Collection[str]) -> Iterator[Span]:
    """Where in the text something sought stands: in order, not overlapping."""
    folded, origins = _traced(text)
    at = 0
    for begin, end in sorted(_found(folded, sought), key=lambda span: (span[0], -span[1])):
        first, last = origins[begin], origins[end - 1]
        if first[0] >= at:
            yield first[0], last[1]
            at = last[1]


def _found(folded: str, sought: Collection[str]) -> Iterator[Span]:
    for needle in sought:
        begin = folded.find(needle) if pairs.is_run(needle) else -1
        while begin >= 0:
            yield begin, begin + len(needle)
            begin = folded.find(needle, begin + len(needle))
    words = {needle for needle in sought if not pairs.is_run(needle)}
    if words:
        yield from ((t.start, t.end) for t in pairs.terms(folded) if t.lexeme in words)


def _traced(text: str) -> tuple[str, list[Span]]:
    """The fold of a text, and for each of its characters where in the text it comes from."""
    folded, origins = "", []
    for begin, end in _clusters(text):
        piece = fold(text[begin:end])
        folded += piece
        origins += [(begin, end)] * len(piece)
    return folded, origins


def _clusters(text: str) -> Iterator[Span]:
    """Characters with the marks that combine with them."""
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            yield begin, at
            begin = at


def _back(text: str, at: int, width: int) -> int:
    while at > 0 and width > 0:
        at -= 1
        width -= columns(text[at])
    return at


def _forward(text: str, at: int, width: int) -> int:
    while at < len(text) and width > 0:
        width -= columns(text[at])
        at += 1
    return at
