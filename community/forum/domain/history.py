"""What changed between two versions of a post, line by line and word by word."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from community.forum.models import PostVersion

_WORDS = re.compile(r"[A-Za-z0-9_]+|\s+|.", re.DOTALL)
# Comparing costs the square of the length: longer texts are compared line by line.
MOST_WORDS = 3_000


@dataclass(frozen=True)
class Piece:
    """Words that stayed (""), went ("del") or came ("ins")."""

    kind: str
    text: str


@dataclass(frozen=True)
class Revision:
    """A version as a reader may see it; without pieces its words are hidden from them."""

    version: PostVersion
    pieces: Sequence[Piece]
    is_last: bool


def history(versions: Sequence[PostVersion], *, sees_hidden: bool) -> list[Revision]:
    """The versions newest first, each with what it changed; what is hidden leaks nowhere."""
    shown: list[Revision] = []
    before = ""
    for version in versions:
        is_shown = sees_hidden or version.hidden_at is None
        pieces = list(compare(before, version.body)) if is_shown else []
        if is_shown:
            before = version.body
        shown.append(Revision(version, pieces, is_last=version is versions[-1]))
    return shown[::-1]


def compare(before: str, after: str) -> Iterator[Piece]:
    """The pieces of which `after` was made out of `before`."""
    old, new = _split(before), _split(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        gone, come = "".join(old[from_old:to_old]), "".join(new[from_new:to_new])
        if tag == "equal":
            yield Piece("", come)
            continue
        if gone:
            yield Piece("del", gone)
        if come:
            yield Piece("ins", come)


def _split(text: str) -> list[str]:
    words = _WORDS.findall(text)
    return words if len(words) <= MOST_WORDS else text.splitlines(keepends=True)
