"""Whatever the text: it is read or refused, every line once, in linear time."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.builds.domain.importing.fingerprint import fingerprint
from community.builds.domain.importing.notes import BrokenNotes, Name
from community.builds.domain.importing.parse import parse
from community.builds.domain.importing.people import same_person

# fmt: off
PIECES = [
    "* ", "- ", "  * ", "## ", "### ", "1.0", "v2.3 ", "(2026-01-02)", "(xx.xx.xxxx)", "Unreleased",
    "\n", "\n\n", "---\n", "~~~\n", "===\n", "```\n", "<!--", "-->", ".. note::\n", "(", ")",
    "（", "）", "[", "]",
    "@mei", "[@bo]", "@dependabot", "#12", "[#3]", " by ", " in ", "thanks ", "Patch by ",
    ", ", " and ", " - ", " — ", "|", ":", "：", "`", "``", "**", "*", "_", "\\", "Mei Chen", "Ada",
    "林浩", "林", "、", "。", ". ", "!", "Fix: ", "fix(x): ", "CVE-2026-1234 ",
    "https://h.example/a/b/pull/1",
    ":user:`x`", "`a <b>`_", "\t", "\u3000", "é", "e\u0301", "😀", "Thanks", " for the report",
]
# fmt: on
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=60).map("".join)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_notes_are_read_or_refused_and_every_line_is_accounted_for(text):
    try:
        notes = parse(text)
    except BrokenNotes as broken:
        refused = broken
    else:
        refused = None
    if refused:
        assert 1 <= refused.line <= text.count("\n") + text.count("\r") + 1
        assert str(refused)
        return
    numbers = [reading.number for reading in notes.readings]
    assert numbers == list(range(1, len(numbers) + 1))
    for section in notes.sections:
        keys = [fingerprint(entry.title, entry.references) for entry in section.entries]
        assert len(set(keys)) == len(keys)
        for entry in section.entries:
            assert 1 <= len(entry.title) <= 300
            assert len(entry.area) <= 60
            assert all(1 <= len(name.text) <= 80 for name in entry.credits)
            assert all(len(reference) <= 120 for reference in entry.references)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.builds(Name, st.sampled_from(["person", "handle"]), st.text(max_size=12))))
def test_offers_name_two_of_the_spellings(names):
    for a, b, _reason in same_person(names):
        assert a != b
        assert {a, b} <= set(names)


@pytest.mark.parametrize("begin", ["* ", "* x (", "## ", "* x by "])
@pytest.mark.parametrize(
    "piece", ["(", "((", "[@a", "@a ", "`", "**a", "by @a ", "a, ", "https://a/b/"]
)
def test_hostile_lines_take_steps_in_proportion_to_their_length(begin, piece):
    """Calls are counted, not seconds: twice the line may take little more than twice as many."""
    short, long = (calls((begin + piece * 4_999)[:length]) for length in (2_400, 4_800))
    assert long < 3 * short


def calls(line: str) -> int:
    count = 0

    def tick(*_event: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(tick)
    try:
        parse("* A\n" + line)
    finally:
        sys.setprofile(None)
    return count
