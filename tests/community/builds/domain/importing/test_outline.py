"""Which lines are headings, points, their continuation, or neither."""

import pytest

from community.builds.domain.importing.notes import Note, Understood
from community.builds.domain.importing.parse import parse


def understood(text: str) -> str:
    """One letter a line: heading, change, + continuation, prose, blank, - left out."""
    letters = {Understood.CONTINUATION: "+", Understood.BLANK: " ", Understood.IGNORED: "-"}
    return "".join(letters.get(r.understood, r.understood[0]) for r in parse(text).readings)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("* a\n  b\nc\n\n  d\n\ne\n", "c++ + p"),
        ("1. a\n2. b\n   3. c\n10) d\n", "cc+c"),
        ("* made for version\n  3. of tiles\n", "c+"),
        ("* a\n1. b\n2. c\n", "ccc"),
        ("1、甲\n2、乙\n（3）丙\n", "ccc"),
        ("1.甲\n2.乙\n", "cc"),
        ("① 甲\n② 乙\n", "cc"),
        ("一、修复\n1、甲\n", "hc"),
        ("* a\n* #1, #2\n", "c-"),
        ("* a\n  - by @mei\n", "c+"),
        ("- [x] a\n- [ ] b\n", "cc"),
        ("-\n* a\n", "-c"),
        ("**Fixes**\n* a\n", "hc"),
        ("Bug fixes:\n* a\n", "hc"),
        ("Dear reader:\n* a\n", "pc"),
        ("【修复】\n- a\n", "hc"),
        ("=====\nNotes\n=====\n* a\n", "hhhc"),
        ("* a\n\n----\n\n* b\n", "c - c"),
        ("* a\n\n  ```\n  * x\n  ```\n* b\n", "c +++c"),
        ("````\n```\n* x\n````\n* a\n", "----c"),
        ("<details>\n* a\n</details>\n", "-c-"),
        ("* a\n.. rubric:: b\n\n   c\n\n* d\n", "c- - c"),
        ("[1.0]: https://h.example\nhttps://h.example/x\n* a\n", "--c"),
        ("* a\n* (@mei)\n", "c-"),
    ],
)
def test_lines_are_told_apart(text, letters):
    assert understood(text) == letters


def test_what_was_left_out_is_told():
    readings = parse("Hello.\n* Bump tiles (@renovate)\n* a\n* (@mei)\n").readings
    notes = [Note.NONE, Note.ONLY_BOTS, Note.NO_CREDIT, Note.NO_TITLE]
    assert [reading.note for reading in readings] == notes
