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
from typing import Any, NoReturn, ParamSpec, TypeVar

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

Words = Mapping[str, Any]
Getter = Callable[[Words], Any]

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
        self._get = get or _getter(root, path)

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
        self._cut.asked.append(f"{self._root}.{self._path}")
        raise AskedSlotError

    __bool__ = __eq__ = __ne__ = __lt__ = __gt__ = __le__ = __ge__ = _asked
    __iter__ = __len__ = __contains__ = _asked
    __hash__ = object.__hash__


def late(function: Callable[P, R]) -> Callable[P, R]:
    """Let a tag or filter be used in stencils: it is called when its words are filled in."""

    @wraps(function)
    def called(*args: Any, **kwargs: Any) -> Any:
        slots = [word for word in (*args, *kwargs.values()) if isinstance(word, Slot)]
        if not slots:
            return function(*args, **kwargs)

        given = [_taking(word) for word in args]
        named = {name: _taking(word) for name, word in kwargs.items()}

        def get(words: Words) -> Any:
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
        filled = [self._cut_for(look, language, words).fill(words) for look, words in things]
        return mark_safe("\n".join(filled))  # noqa: S308 - templates and escaped words

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
        self._getters: list[Getter] = []
        self._order: list[int] = []

    def mark(self, slot: Slot) -> SafeString:
        self._slots.append(slot)
        return mark_safe(f"{_PREFIX}{len(self._slots) - 1:04}")  # noqa: S308 - digits

    def take(self, rendered: str) -> None:
        """The rendered piece; each word is asked for once, wherever it stands."""
        if self.asked:
            raise AskedSlotError(", ".join(self.asked))
        known: dict[tuple[str, str], int] = {}
        for number in _MARK.findall(rendered):
            slot = self._slots[int(number)]
            name = (slot._root, slot._path if slot._root else number)  # noqa: SLF001
            if name not in known:
                known[name] = len(self._getters)
                self._getters.append(slot._get)  # noqa: SLF001
            self._order.append(known[name])
        self._text = _MARK.sub("%s", rendered.replace("%", "%%"))
        self._slots.clear()

    def fill(self, words: Words) -> str:
        shown = [_shown(get(words)) for get in self._getters]
        return self._text % tuple([shown[number] for number in self._order])


def _getter(root: str, path: str) -> Getter:
    if not path:
        return itemgetter(root)
    attribute = attrgetter(path)

    def get(words: Words) -> Any:
        word = attribute(words[root])
        return word() if callable(word) else word

    return get


def _taking(word: Any) -> Getter:
    return word._get if isinstance(word, Slot) else lambda _words: word  # noqa: SLF001


def _shown(word: Any) -> str | int:
    kind = type(word)
    if kind is str:  # as conditional_escape does, which first asks whether it is lazy
        return html.escape(word)
    return word if kind is SafeString or kind is int else conditional_escape(word)
