"""Which kinds of notices there are: rooms register theirs in ready(), this room knows no topics."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from community.notices.models import Notice

Text = str | Promise
OTHER = _("Other")

# Of community.notices.models.Channel, which says them in words.
SITE, EMAIL, PUSH = "site", "email", "push"

WordsNow = Callable[[Sequence[Any]], Mapping[int, Mapping[str, str]]]


@dataclass(frozen=True)
class Picture:
    """A PNG inside a mail, and the words for who does not see it."""

    content: bytes
    alt: str


@dataclass(frozen=True)
class Letter:
    """What a mail holds beyond its sentence: text, pictures, links as (words, address here)."""

    text: str
    pictures: Sequence[Picture] = ()
    links: Sequence[tuple[Text, str]] = ()


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice (通知).

    `one` and `many` are sentences with %(by)s, %(count)s and the words given to `telling.tell`.
    """

    name: str  # "forum.mention": of which room, and what
    label: Text  # in the settings and as a filter: "Mentions"
    group: Text = OTHER
    one: Text = "%(title)s"
    many: Text = ""
    icon: str = "bell"  # of Heroicons
    # Where it is told unless the member or an admin chose otherwise.
    channels: frozenset[str] = frozenset({SITE})
    can_be_switched_off: bool = True
    # What may still be said: given notices of one member, the words by id that replace those of
    # the moment they were told. Called once for all kinds that name the same function.
    words_now: WordsNow | None = None
    # What its mail brings, as its member may read it at that moment; None: not theirs any more.
    # Such a mail is sent to who has read the notice too.
    letter: "Callable[[Notice], Letter | None] | None" = None


_kinds: dict[str, NoticeKind] = {}


def register(kind: NoticeKind) -> None:
    """Make a kind known; rooms call it in ready(), in the order members see."""
    _kinds[kind.name] = kind


def kind_of(name: str) -> NoticeKind:
    """The kind with this name; one that no room knows any more says its title alone."""
    return _kinds.get(name) or NoticeKind(name, name)


def kinds() -> Mapping[str, NoticeKind]:
    """Every kind by name."""
    return _kinds
