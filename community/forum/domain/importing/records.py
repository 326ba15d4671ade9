"""What every source is read into: things of another forum, in our words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class BrokenSource(Exception):
    """What was given cannot be read; says the line, counted from 1, and the reason."""

    def __init__(self, reason: str, *, file: str = "", line: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.file, self.line = reason, file, line

    def __str__(self) -> str:
        where = ", ".join(filter(None, (self.file, f"line {self.line}" if self.line else "")))
        return f"{where}: {self.reason}" if where else self.reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Old:
    """A thing with the id it had; `alias` is what its address called it, if not that."""

    id: str
    alias: str = ""
    # Why it is left out; such a thing is counted, not saved.
    left_out: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OldMember(Old):
    username: str
    joined_at: datetime
    name: str = ""
    email: str = ""
    is_verified: bool = False
    about: str = ""
    suspended_until: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OldBoard(Old):
    name: str
    slug: str = ""
    description: str = ""
    position: int = 0
    is_restricted: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class OldTag(Old):
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OldTopic(Old):
    board: str
    title: str
    author: str
    created_at: datetime
    is_locked: bool = False
    is_pinned: bool = False
    hidden_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OldPost(Old):
    topic: str
    # Ascending within the topic; gaps are closed.
    number: int
    author: str
    created_at: datetime
    body: str
    edited_at: datetime | None = None
    hidden_at: datetime | None = None
    withdrawn_at: datetime | None = None


class Source(Protocol):
    """Another forum, read kind by kind, as often as asked. Reading may raise BrokenSource."""

    system: str

    @property
    def line(self) -> int:
        """The line that was read last."""
        ...

    def members(self) -> Iterator[OldMember]: ...
    def boards(self) -> Iterator[OldBoard]: ...
    def tags(self) -> Iterator[OldTag]: ...
    def topics(self) -> Iterator[OldTopic]: ...
    def posts(self) -> Iterator[OldPost]: ...
    def topic_tags(self) -> Iterator[tuple[str, str]]:
        """Old ids of topics and their tags."""
        ...
