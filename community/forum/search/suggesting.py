"""What a few letters may stand for: members, tags, and what other rooms know.

A room registers what it knows in its AppConfig.ready()::

    suggesting.register("build", builds_like)  # (prefix, reader, topic, limit) -> suggestions

A suggester is asked for every letter somebody types: it looks along an index and stops at `limit`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from community.forum.models import Topic
from community.members.permissions import User

IN_RESULTS = 4


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Something that may be meant; `insert` is what stands for it in a post."""

    kind: str
    key: str
    name: str
    note: str = ""
    url: str
    insert: str = ""


Suggester = Callable[[str, User, Topic | None, int], Iterable[Suggestion]]

_suggesters: dict[str, Suggester] = {}


def register(kind: str, suggester: Suggester) -> None:
    """Suggest things of a kind; asked in the order of registration."""
    _suggesters[kind] = suggester


def kinds() -> tuple[str, ...]:
    return tuple(_suggesters)


def suggested(
    prefix: str,
    user: User,
    *,
    kinds: Sequence[str] = (),
    topic: Topic | None = None,
    limit: int = 8,
) -> list[Suggestion]:
    """What may be meant, kind by kind; every kind there is when none is named."""
    asked = [kind for kind in _suggesters if not kinds or kind in kinds]
    return [
        suggestion for kind in asked for suggestion in _suggesters[kind](prefix, user, topic, limit)
    ]


def found_by(words: str, user: User) -> list[Suggestion]:
    """What a search finds besides posts: things whose name begins with all of its words."""
    return suggested(words, user, limit=IN_RESULTS) if words else []
