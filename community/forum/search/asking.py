"""What people type into the search box, taken apart: words, "phrases", -not, name:value.

Nothing is an error: what is no operator is words.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from community.text.fold import fold

LONGEST_QUESTION = 200  # characters; more is left out
_QUOTES = {'"': '"', "“": "”", "”": "“", "„": "“", "「": "」", "『": "』", "＂": "＂"}
_OPEN = re.escape("".join(_QUOTES))
_PIECE = re.compile(
    rf"(?P<not>[-－])?(?:(?P<name>[^\W\d_]+)[:：](?=\S))?"
    rf"(?:[{_OPEN}](?P<quoted>[^{_OPEN}」』]*)(?:[{_OPEN}」』]|$)|(?P<bare>[^\s{_OPEN}]+))"
)


class Operator(StrEnum):
    """What a piece of a question asks for."""

    WORDS = "words"
    AUTHOR = "author"
    BOARD = "board"
    TAG = "tag"
    BUILD = "build"
    KIND = "kind"
    SINCE = "since"
    BEFORE = "before"
    SORT = "sort"
    IN = "in"


# What may be typed before the colon, folded; in both languages, whichever the page speaks.
NAMES = {
    "author": Operator.AUTHOR, "by": Operator.AUTHOR, "作者": Operator.AUTHOR,
    "board": Operator.BOARD, "版块": Operator.BOARD, "板块": Operator.BOARD,
    "tag": Operator.TAG, "标签": Operator.TAG,
    "build": Operator.BUILD, "version": Operator.BUILD, "版本": Operator.BUILD,
    "kind": Operator.KIND, "类型": Operator.KIND,
    "since": Operator.SINCE, "after": Operator.SINCE, "之后": Operator.SINCE,
    "before": Operator.BEFORE, "until": Operator.BEFORE, "之前": Operator.BEFORE,
    "sort": Operator.SORT, "排序": Operator.SORT,
    "in": Operator.IN, "范围": Operator.IN,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a question; `source` is how it was typed."""

    source: str
    operator: Operator
    value: str
    is_not: bool = False
    is_quoted: bool = False


def taken_apart(question: str) -> list[Piece]:
    """The pieces of a question in their order; pieces without letters or digits are left out."""
    found = _PIECE.finditer(question[:LONGEST_QUESTION])
    return [piece for match in found if _says_something((piece := _piece(match)).value)]


def joined(pieces: list[Piece]) -> str:
    """The question these pieces make."""
    return " ".join(piece.source for piece in pieces)


def _piece(match: re.Match[str]) -> Piece:
    is_quoted = match["quoted"] is not None
    value = match["quoted"] if is_quoted else match["bare"]
    operator = NAMES.get(fold(match["name"] or ""), Operator.WORDS)
    if operator is Operator.WORDS and match["name"]:
        value = f"{match['name']}:{value}"
    return Piece(match[0], operator, value.strip(), bool(match["not"]), is_quoted)


def _says_something(value: str) -> bool:
    return any(character.isalnum() for character in value)
