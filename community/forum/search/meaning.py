"""What a question means here: pieces become terms of the index, a span of time, an order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.forum.models import Board, Kind, Tag
from community.forum.search import days, facets
from community.forum.search.asking import Operator, Piece, joined, taken_apart
from community.members.models import Member
from community.text import pairs
from community.text.fold import fold
from community.text.names import skeleton

NEWEST, RELEVANCE = "newest", "relevance"
_ORDERS = {
    **dict.fromkeys(("newest", "new", "latest", "date", "最新", "时间"), NEWEST),
    **dict.fromkeys(("relevance", "best", "相关", "最相关"), RELEVANCE),
}
_TITLES = {"title", "titles", "标题"}

LABELS = {
    Operator.WORDS: _("Words"),
    Operator.AUTHOR: _("Author"),
    Operator.BOARD: _("Board"),
    Operator.TAG: _("Tag"),
    Operator.BUILD: _("Build"),
    Operator.KIND: _("Kind"),
    Operator.SINCE: _("Since"),
    Operator.BEFORE: _("Before"),
    Operator.SORT: _("Order"),
    Operator.IN: _("Only in"),
}


@dataclass(frozen=True, kw_only=True)
class Chip:
    """A piece as it was understood; `without` is the question that lacks it."""

    label: str
    value: str
    without: str
    is_not: bool = False
    is_known: bool = True


@dataclass(kw_only=True)
class Meaning:
    """A question understood. `terms` and `words` are tsqueries; `words` is for ranking."""

    question: str
    boards: Sequence[Board]
    terms: str = ""
    words: str = ""
    text: str = ""
    order: str = ""
    since: datetime | None = None
    before: datetime | None = None
    chips: list[Chip] = field(default_factory=list)
    needles: frozenset[str] = frozenset()

    @property
    def unordered(self) -> str:
        """The question without the order it asks for."""
        pieces = taken_apart(self.question)
        return joined([piece for piece in pieces if piece.operator is not Operator.SORT])

    @property
    def is_empty(self) -> bool:
        return not (self.terms or self.since or self.before)


def meaning_of(question: str, now: datetime, boards: Sequence[Board]) -> Meaning:
    """What a question asks for; what names nobody and nothing is a chip that says so.

    `boards` are those its reader may read: no other has a name.
    """
    pieces = taken_apart(question)
    meaning = Meaning(question=joined(pieces), boards=boards)
    mark = facets.IN_TITLE if any(map(_is_in_title, pieces)) else ""
    terms = []
    for piece in pieces:
        term, shown = _term(piece, meaning, mark, now)
        terms.append(f"!({term})" if piece.is_not and term else term)
        rest = joined([other for other in pieces if other is not piece])
        chip = Chip(label=str(LABELS[piece.operator]), value=shown or piece.value, without=rest)
        meaning.chips.append(replace(chip, is_not=piece.is_not, is_known=bool(shown)))
    meaning.terms = " & ".join(filter(None, terms))
    _take_words(meaning, pieces)
    return meaning


def _take_words(meaning: Meaning, pieces: list[Piece]) -> None:
    said = [piece for piece in pieces if piece.operator is Operator.WORDS and not piece.is_not]
    meaning.text = " ".join(piece.value for piece in said)
    meaning.words = pairs.query(meaning.text)
    meaning.needles = frozenset(pairs.sought(meaning.text))
    if not meaning.words:
        meaning.order = NEWEST
    meaning.order = meaning.order or RELEVANCE


def _is_in_title(piece: Piece) -> bool:
    return piece.operator is Operator.IN and fold(piece.value) in _TITLES


def _term(piece: Piece, meaning: Meaning, mark: str, now: datetime) -> tuple[str, str]:
    """A tsquery ("" for what is none) and what to show ("" for what names nothing)."""
    match piece.operator:
        case Operator.WORDS:
            ask = pairs.phrase if piece.is_quoted else pairs.query
            return ask(piece.value, mark=mark), piece.value
        case Operator.SINCE | Operator.BEFORE:
            moment = days.begin_of(piece.value, now)
            setattr(meaning, piece.operator.value, moment)
            return "", piece.value if moment else ""
        case Operator.SORT:
            meaning.order = _ORDERS.get(fold(piece.value), "")
            return "", str(_ORDER_NAMES.get(meaning.order, ""))
        case Operator.IN:
            return "", str(_("titles")) if _is_in_title(piece) else ""
        case Operator.BOARD:
            facet, shown = _board(piece.value, meaning.boards)
            return (f"'{facet}'" if facet else ""), shown
        case _:
            facet, shown = _FACETS[piece.operator](piece.value)
            return (f"'{facet}'" if facet else ""), shown


_ORDER_NAMES = {NEWEST: _("newest first"), RELEVANCE: _("best first")}
_NOTHING = ("", "")


def _author(name: str) -> tuple[str, str]:
    name = name.removeprefix("@")
    known = Q(username=name.lower()) | Q(name_skeleton=skeleton(name))
    member = Member.objects.filter(known, is_active=True).order_by("pk").first()
    return (facets.of_author(member.pk), str(member)) if member else _NOTHING


def _board(name: str, boards: Sequence[Board]) -> tuple[str, str]:
    wanted = fold(name)
    for board in boards:
        if wanted in {board.slug, fold(board.name), fold(board.name_zh)}:
            return facets.of_board(board.pk), str(board)
    return _NOTHING


def _tag(name: str) -> tuple[str, str]:
    tag = Tag.objects.filter(folded=fold(name.removeprefix("#"))).first()
    return (facets.of_tag(tag.pk), str(tag)) if tag else _NOTHING


def _build(version: str) -> tuple[str, str]:
    return facets.of_build(version), version


def _kind(name: str) -> tuple[str, str]:
    for kind in Kind:
        if fold(name) in {kind.value, fold(str(kind.label)), _CHINESE_KINDS[kind]}:
            return facets.of_kind(kind.value), str(kind.label)
    return _NOTHING


# Understood whatever language the page speaks.
_CHINESE_KINDS = {
    Kind.TALK: "讨论",
    Kind.QUESTION: "问题",
    Kind.BUG: "bug",
    Kind.EXPERIENCE: "体验",
    Kind.INSTALMENT: "专栏",
    Kind.ANNOUNCEMENT: "公告",
}
_FACETS: dict[Operator, Callable[[str], tuple[str, str]]] = {
    Operator.AUTHOR: _author,
    Operator.TAG: _tag,
    Operator.BUILD: _build,
    Operator.KIND: _kind,
}
