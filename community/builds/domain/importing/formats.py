"""Guesses how release notes are written, and whether they sign with names in parentheses."""

import re
from collections.abc import Iterable

from community.builds.domain.importing.credit import END, SIGNED
from community.builds.domain.importing.markup import plain
from community.builds.domain.importing.names import Trust, read_list
from community.builds.domain.importing.notes import Format
from community.builds.domain.importing.outline import Item

SIGNS = {
    Format.KEEP_A_CHANGELOG: re.compile(
        r"^#{1,3} .{0,80}\d|^#{2,4} (?:added|changed|fixed)", re.IGNORECASE
    ),
    Format.CODE_HOST: re.compile(r" by @?\S{1,80} in (?:https?://|[#!]\d)"),
    Format.HANDLES_IN_BRACKETS: re.compile(r"\[@\w"),
    Format.RESTRUCTURED_TEXT: re.compile(
        r":[a-z][a-z:]{1,30}:`|``|`_|\bpatch by |^\.\. ", re.IGNORECASE
    ),
}


def names_in_parentheses(items: Iterable[Item]) -> int:
    """How many points end in people's names, when most parentheses at an end hold names; else 0."""
    named = worded = 0
    for item in items:
        text = plain(item.texts[0]).rstrip(END)
        inner = text[_last_group(text) : -1]
        # Handles and opening words need no trust.
        if not inner or read_list(inner, Trust.HANDLES) or SIGNED.match(inner):
            continue
        people = read_list(inner, Trust.FULL_NAMES)
        named += bool(people and people.people)
        worded += 1
    return named if named * 2 > worded else 0


def _last_group(text: str) -> int:
    """Where the words of the last parentheses begin; the end when there are none."""
    if not text.endswith((")", "）")):
        return len(text)
    return max(text.rfind("("), text.rfind("（")) + 1


def detect(lines: list[str], named: int) -> Format:
    """The format with most signs in the lines; `named` points end in people's names."""
    votes = {
        name: sum(sign.search(line) is not None for line in lines) for name, sign in SIGNS.items()
    }
    votes[Format.NAMES_IN_PARENTHESES] = named
    if not any(line.startswith("#") for line in lines):
        votes[Format.RESTRUCTURED_TEXT] += 1
    return max(votes, key=votes.__getitem__)
