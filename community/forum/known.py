"""What topics speak of and rooms above this one know: builds, areas, who speaks for the product.

A room registers in its AppConfig.ready()::

    known.register_builds(lately_published)      # () -> the builds a bug can be reported in
    known.register_tags(Tag.Sort.AREA, areas)    # () -> words that are tags of this sort
    known.register_officials(speaks_for)         # (user, topic) -> may reply in the product's name
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from community.forum.models import Topic
from community.members.permissions import User


@dataclass(frozen=True, kw_only=True)
class KnownBuild:
    """A build that members run; the newest is listed first."""

    key: str
    title: str


_builds: list[Callable[[], Sequence[KnownBuild]]] = []
_words: list[tuple[str, Callable[[], Sequence[str]]]] = []
_officials: list[Callable[[User, Topic], bool]] = []


def register_builds(builds: Callable[[], Sequence[KnownBuild]]) -> None:
    _builds.append(builds)


def register_tags(sort: str, words: Callable[[], Sequence[str]]) -> None:
    _words.append((sort, words))


def register_officials(speaks_for: Callable[[User, Topic], bool]) -> None:
    _officials.append(speaks_for)


def builds() -> list[KnownBuild]:
    """Builds one may have met a bug in, newest first."""
    return [build for known in _builds for build in known()]


def tag_words() -> list[tuple[str, str]]:
    """(sort, word) of everything that is a tag before anybody used it."""
    return [(sort, word) for sort, known in _words for word in known()]


def speaks_officially(user: User, topic: Topic) -> bool:
    """Whether somebody may reply in the name of the product here."""
    return any(speaks_for(user, topic) for speaks_for in _officials)
