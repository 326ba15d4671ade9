"""Stencils: a piece of a page is rendered once for each look, and filled in for each thing.

Twenty posts of a page look alike but for their words. The template is rendered with slots in place
of the words; then a post costs as much as joining some texts. Nothing of a thing stays in a
stencil, so there is nothing to keep up to date.

What decides between branches is the `look`, a tuple of flags that is the key; the words are slots.
Asking a slot for a decision is an error. `{{ post.author.username }}` is a slot as `post` is; tags
and filters that work on words are made `late`: they do it when the words are there.
"""

import html
import re
import secrets
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import wraps
from operator import attrgetter, itemgetter
from types import SimpleNamespace
from typing import Any, NamedTuple, NoReturn, ParamSpec, TypeVar

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

Words = Mapping[str, Any]
Picker = Callable[[Any], tuple[Any, ...]]

P = ParamSpec("P")
R = TypeVar("R")
# Of one piece; then it begins anew. A whole page takes about 25 kB.
MOST_LOOKS = 500
# Digits, so that it may stand in an address where a number does.
_PREFIX = str(secrets.randbelow(9 * 10**11) + 10**11)
_MARK = re.compile(_PREFIX + r"(\d{4})")


class AskedSlotError(Exception):
    """A template decides by what is only filled in: it has to be part of the look."""


class Slot:
    """Stands in a stencil for something that is filled in; so do its attributes."""

    def __init__(self, cut: "_Cut", name: str = "", call: "_Call | None" = None) -> None:
        # Either a name, as `post.author`, or what a late tag makes.
        self._cut, self._name, self._call = cut, name, call

    def __getattr__(self, name: str) -> "Slot":
        if name.startswith("_") or not self._name:
            raise AttributeError(name)
        return Slot(self._cut, f"{self._name}.{name}")

    def __str__(self) -> str:
        return self._cut.mark(self)

    def __html__(self) -> str:
        return str(self)

    def _asked(self, *_others: object) -> NoReturn:
        # Templates swallow what is raised in a condition; the cut remembers.
        self._cut.asked.append(self._name)
        raise AskedSlotError

    __bool__ = __eq__ = __ne__ = __lt__ = __gt__ = __le__ = __ge__ = _asked
    __iter__ = __len__ = __contains__ = _asked
    __hash__ = object.__hash__


def late(function: Callable[P, R]) -> Callable[P, R]:
    """Let a tag or filter be used in stencils: it is called when its words are filled in."""

    @wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:
        given = (*args, *kwargs.values())
        slot = next(filter(_is_slot, given), None)
        if slot is None:
            return function(*args, **kwargs)
        made = _named(function, tuple(kwargs)) if kwargs else function
        return Slot(slot._cut, call=_Call(made, given))  # noqa: SLF001 its own kind

    return called


class _Call(NamedTuple):
    """A late tag, and the slots and words it is given."""

    function: Callable[..., Any]
    given: tuple[Any, ...]


def _named(function: Callable[..., Any], names: tuple[str, ...]) -> Callable[..., Any]:
    """The function with its last arguments by place in place of by name."""

    def called(*given: Any) -> Any:
        first = len(given) - len(names)
        return function(*given[:first], **dict(zip(names, given[first:], strict=True)))

    return called


class Stencils:
    """All looks of one piece. `render` gets the look and the slots, and gives the piece's HTML."""

    def __init__(self, render: Callable[[Any, dict[str, Slot]], str]) -> None:
        self._render = render
        self._cuts: dict[Hashable, _Cut] = {}

    def fill(self, look: Hashable, words: Words, language: str | None = None) -> SafeString:
        """The piece for one thing, in the current language. Words are escaped unless safe."""
        given = SimpleNamespace(**words)
        cut = self._cut_for(look, language or get_language(), given)
        return SafeString(cut.fill(given))  # templates and escaped words

    def fill_each(
        self,
        things: Iterable[tuple[Any, Hashable]],
        words: Words,
        language: str | None = None,
    ) -> SafeString:
        """The pieces for some things by their looks, one after the other; each is called `it`."""
        language = language or get_language()
        given = SimpleNamespace(**words)
        filled = []
        for it, look in things:
            given.it = it
            filled.append(self._cut_for(look, language, given).fill(given))
        return SafeString("\n".join(filled))  # templates and escaped words

    def _cut_for(self, look: Hashable, language: str | None, words: SimpleNamespace) -> "_Cut":
        key = (look, language)
        cut = self._cuts.get(key)
        if cut is None:
            cut = _Cut()
            cut.take(self._render(look, {name: Slot(cut, name) for name in vars(words)}))
            if len(self._cuts) >= MOST_LOOKS:
                self._cuts.clear()
            self._cuts[key] = cut
        return cut


class _Cut:
    """A rendered piece with its slots."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._slots: list[Slot] = []

    def mark(self, slot: Slot) -> SafeString:
        self._slots.append(slot)
        return SafeString(f"{_PREFIX}{len(self._slots) - 1:04}")  # digits

    def take(self, rendered: str) -> None:
        """The rendered piece; each word is asked for once, wherever it stands."""
        if self.asked:
            raise AskedSlotError(", ".join(self.asked))
        marked = [self._slots[int(number)] for number in _MARK.findall(rendered)]
        self._slots.clear()
        # Text, number of a slot, text, …: words take the place of the numbers.
        self._pieces = _MARK.split(rendered)
        needed = _Needed(marked)
        self._names, self._plain = _getter([*needed.names]), [*needed.plain.values()]
        self._calls = [
            (call.function, _picker([needed.places[_key(word)] for word in call.given]))
            for call in needed.calls.values()
        ]
        shown = list(dict.fromkeys(needed.places[_key(slot)] for slot in marked))
        self._shown = _picker(shown)
        self._order = _picker([shown.index(needed.places[_key(slot)]) for slot in marked])

    def fill(self, words: SimpleNamespace) -> str:
        values = [word() if callable(word) else word for word in self._names(words)]
        values += self._plain
        for function, given in self._calls:
            values.append(function(*given(values)))
        pieces = self._pieces.copy()
        pieces[1::2] = self._order(
            [word if type(word) is SafeString else _shown(word) for word in self._shown(values)]
        )
        return "".join(pieces)


class _Needed:
    """What is asked for to fill a piece, in this order: names, plain words, what tags make."""

    def __init__(self, slots: Iterable[Slot]) -> None:
        self.names: dict[str | int, Slot] = {}
        self.plain: dict[str | int, Any] = {}
        self.calls: dict[str | int, _Call] = {}
        for slot in slots:
            self._add(slot)
        keys = [*self.names, *self.plain, *self.calls]
        self.places = {key: place for place, key in enumerate(keys)}

    def _add(self, word: Any) -> None:
        key = _key(word)
        if not _is_slot(word):
            self.plain[key] = word
        elif word._call is None:  # noqa: SLF001 its own kind
            self.names[key] = word
        elif key not in self.calls:
            for given in word._call.given:  # noqa: SLF001 its own kind
                self._add(given)
            self.calls[key] = word._call  # noqa: SLF001 its own kind


def _key(word: Any) -> str | int:
    """A name is asked for once, whichever slot says it."""
    return (word._name if _is_slot(word) else "") or id(word)  # noqa: SLF001 its own kind


def _getter(names: list[Any]) -> Picker:
    """All these attributes in one call."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda words: tuple([attrgetter(name)(words) for name in names])


def _picker(places: list[int]) -> Picker:
    """The values at these places in one call."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: tuple([values[place] for place in places])


def _is_slot(word: Any) -> bool:
    """Without waking what is lazy, as isinstance would: a token that is asked for is a cookie."""
    return type(word) is Slot


def _shown(word: Any) -> str:
    """A word that is not known to be safe, as a template shows it."""
    kind = type(word)
    if kind is int:
        return str(word)
    if kind is str:  # as conditional_escape does, which first asks whether it is lazy
        return html.escape(word)
    if isinstance(word, Promise) or hasattr(word, "__html__"):
        return conditional_escape(word)
    return _shown(str(word))
