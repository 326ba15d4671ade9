"""What a post can name: each kind of thing has somebody who knows it.

A room registers what it knows in its AppConfig.ready()::

    references.register("build", find_builds)

`find` is given all that may be a name in a text: addresses of this site ("/builds/7.0.1024/"),
words in double brackets ("7.0.1024"). It answers with what it knows of them, in few queries.
Posts are read by everybody, so it answers only with what everybody may know.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Named:
    """Something a post names; `key` tells it from the others of its kind for ever."""

    kind: str
    key: str
    title: str
    url: str


Find = Callable[[frozenset[str]], Mapping[str, Named]]

_finders: dict[str, Find] = {}


def register(kind: str, find: Find) -> None:
    """Let posts name things of this kind; asked in the order of registration."""
    _finders[kind] = find


def find_all(words: Iterable[str]) -> dict[str, Named]:
    """What of these words names something; the kind that was registered first has it."""
    wanted = frozenset(words)
    found: dict[str, Named] = {}
    for find in _finders.values():
        if left := wanted - found.keys():
            found.update(find(left))
    return found
