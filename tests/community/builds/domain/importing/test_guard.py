"""Bytes that cannot be release notes."""

import pytest

from community.builds.domain.importing.guard import MOST_BYTES, decode, lines_of
from community.builds.domain.importing.notes import BrokenNotes, Reason


def test_a_byte_order_mark_and_foreign_line_ends_do_not_matter():
    assert lines_of(decode(b"\xef\xbb\xbf* A\r\n* B\r* C")) == ["* A", "* B", "* C"]


def test_a_byte_that_is_not_utf8_is_named():
    with pytest.raises(BrokenNotes) as refusal:
        decode("* A\n* Émile".encode("latin-1"))
    assert str(refusal.value) == "Line 2: byte 0xc9 at column 3 is not UTF-8."


def test_too_much_is_refused_where_it_becomes_too_much():
    with pytest.raises(BrokenNotes) as refusal:
        decode(b"* A\n" * (MOST_BYTES // 4 + 1))
    assert (refusal.value.line, refusal.value.reason) == (MOST_BYTES // 4 + 1, Reason.TOO_BIG)
