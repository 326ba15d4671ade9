"""The acts the staff log knows: what each is called, and how it is taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from community.members.models import Member
from community.moderation.models import LogEntry

# Restores what the entry says there was before; who does it, when. It writes its own log line.
Undo = Callable[[LogEntry, Member, datetime], None]


@dataclass(frozen=True, kw_only=True)
class Act:
    """A kind of act. `is_look` ones changed nothing but showed a member's data to staff."""

    name: str
    label: str | Promise
    undo: Undo | None = None
    is_look: bool = False


_acts: dict[str, Act] = {}


def register(*acts: Act) -> None:
    """Let the log know these acts; rooms call it in ready()."""
    _acts.update({act.name: act for act in acts})


def find(name: str) -> Act:
    """The act of this name; one that no room knows any more is called by its name."""
    return _acts.get(name) or Act(name=name, label=name)


def every() -> list[Act]:
    return list(_acts.values())


def looks() -> list[str]:
    return [act.name for act in _acts.values() if act.is_look]
