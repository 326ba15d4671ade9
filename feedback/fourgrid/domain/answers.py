"""The answers of a four-grid report: what may stand in its cells, and what is wrong if not."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from feedback.fourgrid.models import Ballot

MOODS = {mood.name.lower(): mood for mood in Ballot.Mood}
# The cells that hold a list, their number on the page and how much they take.
CELL_NUMBERS = {"loved": 2, "let_down": 3, "wishes": 4}
LIMITS = {"loved": 5, "let_down": 5, "wishes": 3}
COMMENT_LIMIT = 500
BIGGEST_ID = 2**63 - 1
FIELDS = frozenset(("mood", *LIMITS, "comments"))


class InvalidAnswers(Exception):
    """The answers are not a ballot; ``errors`` says why, in the language active when read."""

    def __init__(self, found: list[tuple[str, Promise, dict[str, object]]]) -> None:
        super().__init__(found)
        self._found = found

    @property
    def errors(self) -> dict[str, list[str]]:
        """Sentences by field: mood, loved, let_down, wishes, comments, or "" for the whole."""
        sentences: dict[str, list[str]] = {}
        for name, sentence, values in self._found:
            sentences.setdefault(name, []).append(str(sentence) % values)
        return sentences


@dataclass(frozen=True, slots=True)
class Answers:
    """What a ballot says.

    Features and wishes are ids in order, the first is the "most"; an empty cell says "none".
    Comments are keyed by cell ("loved") or named feature ("feature:12").
    """

    mood: Ballot.Mood
    loved: tuple[int, ...]
    let_down: tuple[int, ...]
    wishes: tuple[int, ...]
    comments: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, ballot: Ballot) -> Self:
        """What a stored ballot says."""
        return cls(
            mood=Ballot.Mood(ballot.mood),
            loved=tuple(ballot.loved),
            let_down=tuple(ballot.let_down),
            wishes=tuple(ballot.wishes),
            comments=ballot.comments,
        )

    @classmethod
    def parse(cls, raw: object) -> Self:
        """Read the four cells from JSON-like data, all of them, or raise ``InvalidAnswers``."""
        if not isinstance(raw, Mapping):
            raise InvalidAnswers([("", _("A ballot is an object with four cells."), {})])
        reader = _Reader(raw)
        answers = cls(
            mood=reader.mood(),
            loved=reader.cell("loved"),
            let_down=reader.cell("let_down"),
            wishes=reader.cell("wishes"),
            comments={},
        )
        reader.check_apart(answers.loved, answers.let_down)
        answers.comments.update(reader.comments((*answers.loved, *answers.let_down)))
        reader.check_nothing_else()
        if reader.found:
            raise InvalidAnswers(reader.found)
        return answers


class _Reader:
    """Reads one raw ballot and gathers everything that is wrong with it."""

    def __init__(self, raw: Mapping[object, object]) -> None:
        self.raw = raw
        self.found: list[tuple[str, Promise, dict[str, object]]] = []

    def _wrong(self, name: str, sentence: Promise, **values: object) -> None:
        self.found.append((name, sentence, values))

    def mood(self) -> Ballot.Mood:
        answer = self.raw.get("mood")
        if isinstance(answer, str) and answer in MOODS:
            return MOODS[answer]
        self._wrong("mood", _("Cell 1 is not answered: choose exactly one mood."))
        return Ballot.Mood.HAPPY

    def cell(self, name: str) -> tuple[int, ...]:
        """The ids in one cell; its faults are noted and leave it empty."""
        answer, number, most = self.raw.get(name), CELL_NUMBERS[name], LIMITS[name]
        if answer is None:
            sentence = _("Cell %(cell)s is not answered: choose up to %(most)s, or say “none”.")
            self._wrong(name, sentence, cell=number, most=most)
        elif not isinstance(answer, list) or not all(map(is_id, answer)):
            self._wrong(name, _("Cell %(cell)s must be a list of numbers."), cell=number)
        elif len(answer) > most:
            self._wrong(name, _("Cell %(cell)s takes at most %(most)s."), cell=number, most=most)
        elif len(set(answer)) < len(answer):
            twice = next(n for n in answer if answer.count(n) > 1)
            self._wrong(name, _("%(id)s stands twice in cell %(cell)s."), id=twice, cell=number)
        else:
            return tuple(answer)
        return ()

    def check_apart(self, loved: Collection[int], let_down: Collection[int]) -> None:
        for feature in loved:
            if feature in let_down:
                sentence = _("Feature %(id)s stands in both cells, 2 and 3.")
                self._wrong("let_down", sentence, id=feature)

    def comments(self, named: Collection[int]) -> Iterator[tuple[str, str]]:
        """The comments that say something; ``named`` are the features that may have one."""
        raw = self.raw.get("comments") or {}
        if not isinstance(raw, Mapping):
            self._wrong("comments", _("Comments are texts by cell or named feature."))
            return
        places = {"mood", *LIMITS, *(f"feature:{feature}" for feature in named)}
        for place, text in raw.items():
            if not isinstance(text, str) or not can_be_stored(text):
                self._wrong("comments", _("A comment holds something that is not text."))
            elif text := text.replace("\r\n", "\n").strip():
                if len(text) > COMMENT_LIMIT:
                    sentence = _("A comment has at most %(most)s characters, this one %(count)s.")
                    self._wrong("comments", sentence, most=COMMENT_LIMIT, count=len(text))
                elif place not in places:
                    sentence = _("A comment speaks of a cell or of a feature named in cell 2 or 3.")
                    self._wrong("comments", sentence)
                else:
                    yield str(place), text

    def check_nothing_else(self) -> None:
        if not FIELDS.issuperset(self.raw):
            self._wrong("", _("A ballot has four cells and comments, nothing else."))


def is_id(value: object) -> bool:
    return type(value) is int and 0 < value <= BIGGEST_ID


def can_be_stored(text: str) -> bool:
    """PostgreSQL keeps neither NUL nor half a surrogate pair."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False
