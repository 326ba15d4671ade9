"""Words as the search index knows them: pairs of Han characters, Latin words, parts of versions."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from community.text.fold import fold

# Scripts written without spaces: Han, kana, bopomofo, and Hangul, whose endings join the word.
HAN = (
    "\u3005\u3007\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe\u3105-\u312f"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = rf"[^\W_{HAN}]+"
_TOKEN = re.compile(rf"(?P<han>[{HAN}]+)|{_WORD}(?:[._'’+-]{_WORD})*")
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_LONGEST_CHAIN = 4  # parts of a word that are indexed as one: miui12, 3.5.7, wi-fi
_LONGEST_PART = 60
# PostgreSQL knows positions up to 16 383. Longer texts begin anew, the first positions after that
# being told twice, so that a phrase across the seam is found.
_POSITIONS, _SEAM = 15_000, 300


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the index: where it stands among others, and in the folded text."""

    lexeme: str
    position: int
    start: int
    end: int


def terms(folded: str) -> Iterator[Term]:
    """Every term of a folded text, single characters and parts of words among them.

    Han 相机闪 gives 相, 机, 闪, 相机, 机闪; 3.5.7 gives 3, 5, 7, 3.5, 5.7, 3.5.7. Neighbours stand
    one apart inside a word or run, two across a space or a change of script, three across
    punctuation: no phrase crosses what separates it.
    """
    for token, position in _placed(folded):
        grown = _of_run(token) if token["han"] else _of_word(token)
        for lexeme, offset, start, end in grown:
            yield Term(lexeme, position + offset, start, end)


def index_terms(text: str, *, weight: str = "", mark: str = "") -> str:
    """The text of a tsvector, positions below 15 301. `mark` stands before each lexeme.

    `weight` is A, B, C or D. What is said more than 255 times is known by its first places.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for term in terms(fold(text)):
        places[term.lexeme] += _within_reach(term.position)
    return " ".join(
        f"'{mark}{lexeme}':" + ",".join(f"{place}{weight}" for place in sorted(set(at)))
        for lexeme, at in places.items()
    )


def query(text: str, *, mark: str = "") -> str:
    """The text of a tsquery: every run of Han as a phrase, every word. "" when there is none."""
    return " & ".join(_each(text, mark, _alone))


def any_of(text: str, *, mark: str = "") -> str:
    """As `query`, for texts that have at least one of its terms; runs fall apart into pairs."""
    return " | ".join(f"'{mark}{unit}'" for unit in sorted(units_of(text)))


def units_of(text: str) -> frozenset[str]:
    """The pairs and words of a text, for comparing it with another."""
    placed = _placed(fold(text))
    return frozenset(unit for token, _at in placed for unit, _offset in _units(token))


def phrase(text: str, *, mark: str = "") -> str:
    """The text of a tsquery for these words one after the other, as they stand."""
    units = [
        (f"'{mark}{unit}'", position + offset)
        for token, position in _placed(fold(text))
        for unit, offset in _units(token)
    ]
    return _chained(units)


def sought(text: str) -> list[str]:
    """What a query looks for, to be marked: runs of Han whole, lexemes of words."""
    return [
        unit
        for token, _at in _placed(fold(text))
        for unit in ([token[0]] if token["han"] else [unit for unit, _offset in _units(token)])
    ]


def as_lexeme(text: str) -> str:
    """Any text as PostgreSQL reads one lexeme, in a tsvector or a tsquery."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def is_run(lexeme: str) -> bool:
    """Whether this is Han or another script without spaces."""
    return re.match(f"[{HAN}]", lexeme) is not None


def _each(text: str, mark: str, asked: Callable[[re.Match[str], str], str]) -> list[str]:
    return list(dict.fromkeys(asked(token, mark) for token, _at in _placed(fold(text))))


def _alone(token: re.Match[str], mark: str) -> str:
    chain = _chained([(f"'{mark}{unit}'", offset) for unit, offset in _units(token)])
    parts = [] if token["han"] else _PARTS.findall(token[0])
    if len(parts) == 2 and parts[0].isdigit() != parts[1].isdigit():  # noqa: PLR2004 letters and digits
        # MIUI12 is also written MIUI 12.
        apart = " <2> ".join(f"'{mark}{_stem(part)}'" for part in parts)
        return f"({chain} | {apart})"
    return f"({chain})"


def _units(token: re.Match[str]) -> list[tuple[str, int]]:
    """What a query asks of a token, with offsets: overlapping pairs, or chains of parts."""
    if token["han"]:
        run = token[0]
        return [(run[at : at + 2], at) for at in range(max(1, len(run) - 1))]
    parts = [part[0][:_LONGEST_PART] for part in _PARTS.finditer(token[0])]
    chunks = range(0, len(parts), _LONGEST_CHAIN)
    return [(_joined(parts[at : at + _LONGEST_CHAIN]), at) for at in chunks]


def _chained(units: list[tuple[str, int]]) -> str:
    text, before = "", 0
    for unit, position in units:
        text += f" <{position - before}> {unit}" if text else unit
        before = position
    return text


def _placed(folded: str) -> Iterator[tuple[re.Match[str], int]]:
    """Runs and words with the position of their first unit."""
    position, end = 0, 0
    for token in _TOKEN.finditer(folded):
        gap = folded[end : token.start()]
        is_break = bool(gap.strip(" \t\u3000")) or not end
        position += 2 if is_break else 1
        yield token, position
        end = token.end()
        position += len(token[0]) if token["han"] else len(_PARTS.findall(token[0]))


def _of_run(token: re.Match[str]) -> Iterator[tuple[str, int, int, int]]:
    run, start = token[0], token.start()
    for at, character in enumerate(run):
        yield character, at, start + at, start + at + 1
        if at + 1 < len(run):
            yield run[at : at + 2], at, start + at, start + at + 2


def _of_word(token: re.Match[str]) -> Iterator[tuple[str, int, int, int]]:
    parts = list(_PARTS.finditer(token[0]))
    for first, begin in enumerate(parts):
        for last in range(first, min(first + _LONGEST_CHAIN, len(parts))):
            chain = [part[0][:_LONGEST_PART] for part in parts[first : last + 1]]
            start, end = token.start() + begin.start(), token.start() + parts[last].end()
            yield _joined(chain), first, start, end


def _joined(parts: list[str]) -> str:
    """One lexeme for parts that stand together: 3.5 keeps its point, wi-fi and wifi are one."""
    if len(parts) == 1:
        return _stem(parts[0])
    lexeme = parts[0]
    for before, part in pairwise(parts):
        lexeme += "." * (before.isdigit() and part.isdigit()) + part
    return lexeme


def _stem(word: str) -> str:
    """An English noun without its plural: crashes and crash are one. Other words stay."""
    if len(word) < 4 or not (word.isascii() and word.isalpha()):  # noqa: PLR2004 gas is no plural
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("xes"):
        return word[:-2]
    if word.endswith("s") and word[-2] not in "sui":
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word  # noqa: PLR2004 nor tree a plural’s rest


def _within_reach(position: int) -> list[int]:
    round_, place = divmod(position, _POSITIONS)
    if round_ and place < _SEAM:
        return [place + 1, place + 1 + _POSITIONS]
    return [place + 1]
