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
from operator import attrgetter
from types import SimpleNamespace
from typing import Any, NoReturn, ParamSpec, TypeVar

from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

Words = Mapping[str, Any]
Getter = Callable[[SimpleNamespace], Any]

P = ParamSpec("P")
R = TypeVar("R")
MOST_LOOKS = 2_000
# Digits, so that it may stand in an address where a number does.
_PREFIX = str(secrets.randbelow(9 * 10**11) + 10**11)
_MARK = re.compile(_PREFIX + r"(\d{4})")


class AskedSlotError(Exception):
    """A template decides by what is only filled in: it has to be part of the look."""


class Slot:
    """Stands in a stencil for something that is filled in; so do its attributes."""

    def __init__(self, cut: "_Cut", root: str, path: str = "", get: Getter | None = None) -> None:
        self._cut, self._root, self._path = cut, root, path
        # Named ones are taken from the words all at once.
        self._name = "" if get else f"{root}.{path}".rstrip(".")
        self._get = get or _getter(self._name)

    def __getattr__(self, name: str) -> "Slot":
        if name.startswith("_") or not self._root:
            raise AttributeError(name)
        return Slot(self._cut, self._root, f"{self._path}.{name}".lstrip("."))

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
        slots = [word for word in (*args, *kwargs.values()) if _is_slot(word)]
        if not slots:
            return function(*args, **kwargs)

        given = [_taking(word) for word in args]
        named = {name: _taking(word) for name, word in kwargs.items()}

        def get(words: SimpleNamespace) -> Any:
            more = {name: take(words) for name, take in named.items()} if named else named
            return function(*[take(words) for take in given], **more)

        return Slot(slots[0]._cut, "", get=get)  # noqa: SLF001

    return called


class Stencils:
    """All looks of one piece. `render` gets the look and the slots, and gives the piece's HTML."""

    def __init__(self, render: Callable[[Any, dict[str, Slot]], str]) -> None:
        self._render = render
        self._cuts: dict[Hashable, _Cut] = {}

    def fill(self, look: Hashable, words: Words) -> SafeString:
        """The piece for one thing. Words are escaped unless they are safe."""
        return self.fill_each([(look, words)])

    def fill_each(self, things: Iterable[tuple[Hashable, Words]]) -> SafeString:
        """The pieces for some things, one after the other."""
        language = get_language()
        filled = [
            self._cut_for(look, language, words).fill(SimpleNamespace(**words))
            for look, words in things
        ]
        return SafeString("\n".join(filled))  # templates and escaped words

    def _cut_for(self, look: Hashable, language: str | None, words: Words) -> "_Cut":
        key = (look, language)
        cut = self._cuts.get(key)
        if cut is None:
            cut = _Cut()
            cut.take(self._render(look, {name: Slot(cut, name) for name in words}))
            if len(self._cuts) >= MOST_LOOKS:
                self._cuts.clear()
            self._cuts[key] = cut
        return cut


class _Cut:
    """A rendered piece with its slots."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._slots: list[Slot] = []
        self._text = ""
        self._plain: Callable[[SimpleNamespace], tuple[Any, ...]] = _nothing
        self._late: list[Getter] = []
        self._order: list[int] = []

    def mark(self, slot: Slot) -> SafeString:
        self._slots.append(slot)
        return SafeString(f"{_PREFIX}{len(self._slots) - 1:04}")  # digits

    def take(self, rendered: str) -> None:
        """The rendered piece; each word is asked for once, wherever it stands."""
        if self.asked:
            raise AskedSlotError(", ".join(self.asked))
        numbers = _MARK.findall(rendered)
        names = {number: self._slots[int(number)]._name for number in numbers}  # noqa: SLF001
        plain = list(dict.fromkeys(filter(None, names.values())))
        late_ones = [number for number, name in names.items() if not name]
        self._plain = _all_of(plain)
        self._late = [self._slots[int(number)]._get for number in late_ones]  # noqa: SLF001
        places = {name: n for n, name in enumerate([*plain, *late_ones])}
        self._order = [places[names[number] or number] for number in numbers]
        self._text = _MARK.sub("%s", rendered.replace("%", "%%"))
        self._slots.clear()

    def fill(self, words: SimpleNamespace) -> str:
        shown = [_shown(word) for word in self._plain(words)]
        shown += [_shown(get(words)) for get in self._late]
        return self._text % tuple([shown[number] for number in self._order])


def _nothing(_words: SimpleNamespace) -> tuple[Any, ...]:
    return ()


def _all_of(names: list[str]) -> Callable[[SimpleNamespace], tuple[Any, ...]]:
    """All these attributes in one call."""
    if not names:
        return _nothing
    if len(names) == 1:
        alone = attrgetter(names[0])
        return lambda words: (alone(words),)
    return attrgetter(*names)


def _getter(name: str) -> Getter:
    attribute = attrgetter(name)

    def get(words: SimpleNamespace) -> Any:
        word = attribute(words)
        return word() if callable(word) else word

    return get


def _taking(word: Any) -> Getter:
    return word._get if _is_slot(word) else lambda _words: word  # noqa: SLF001


def _is_slot(word: Any) -> bool:
    """Without waking what is lazy, as isinstance would: a token that is asked for is a cookie."""
    return type(word) is Slot


def _shown(word: Any) -> str | int:
    kind = type(word)
    if kind is str:  # as conditional_escape does, which first asks whether it is lazy
        return html.escape(word)
    if kind is SafeString or kind is int:
        return word  # type: ignore[no-any-return]
    if callable(word):
        return _shown(word())
    if isinstance(word, Promise) or hasattr(word, "__html__"):
        return conditional_escape(word)
    return _shown(str(word))
