"""What can be reported, held and settled: rooms above register their kinds, this room asks."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from community.members.models import Member
from community.members.permissions import User


@dataclass(frozen=True, kw_only=True)
class Look:
    """One subject as a moderator sees it. Without a `board` admins alone see it."""

    title: str
    url: str
    html: SafeString | str
    board: str = ""
    author: Member | None = None
    is_hidden: bool = False


# What may be done to a subject: its id, who does it, why (the author is told), when.
Deed = Callable[[int, Member, str, datetime], None]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A kind of thing moderators look at.

    `look` gives those that exist by id, in one go. `may_report` is asked of who reports. A deed
    that is None cannot be done to this kind; deeds write their own line into the staff log.
    """

    kind: str
    label: str | Promise
    look: Callable[[Collection[int]], Mapping[int, Look]]
    may_report: Callable[[User, int], bool]
    hide: Deed | None = None
    show: Deed | None = None
    approve: Deed | None = None
    refuse: Deed | None = None
    # Its own room tells the author what was decided.
    tells_author: bool = False


_kinds: dict[str, Subject] = {}
_boards: list[Callable[[Member], Collection[str]]] = []
_board_names: list[Callable[[], Mapping[str, str]]] = []


def register(subject: Subject) -> None:
    """Let this kind be reported; rooms call it in ready()."""
    _kinds[subject.kind] = subject


def find(kind: str) -> Subject | None:
    return _kinds.get(kind)


def kinds() -> list[Subject]:
    return list(_kinds.values())


def looks(things: Collection[tuple[str, int]]) -> dict[tuple[str, int], Look]:
    """What these (kind, id) look like; one question for each kind. What is gone is left out."""
    found: dict[tuple[str, int], Look] = {}
    for kind in {kind for kind, _id in things}:
        if subject := find(kind):
            ids = [pk for other, pk in things if other == kind]
            found |= {(kind, pk): look for pk, look in subject.look(ids).items()}
    return found


def register_boards(
    moderated_by: Callable[[Member], Collection[str]], names: Callable[[], Mapping[str, str]]
) -> None:
    """The slugs that a member moderates, and every board's name; rooms call it in ready()."""
    _boards.append(moderated_by)
    _board_names.append(names)


def boards_of(member: Member) -> frozenset[str]:
    """The slugs of every board the member moderates."""
    return frozenset(slug for moderated_by in _boards for slug in moderated_by(member))


def board_names() -> dict[str, str]:
    """What the reader calls every board, by slug, in the order of the boards."""
    return {slug: name for names in _board_names for slug, name in names().items()}
