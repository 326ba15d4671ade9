"""What gives experience: rooms register their rules, this room counts.

    rules.register(RuleKind("bug", label=_("…"), amount=10, daily_cap=50, explain=topics))

The amounts are those of the first version; later versions are rows (models.Rule).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from community.text.whole import numbers

# Sources in; what each was, in the reader's language, and its address ("" without one).
Explain = Callable[[Sequence[str]], Mapping[str, tuple[str, str]]]


@dataclass(frozen=True, kw_only=True)
class RuleKind:
    """A deed that gives experience, and how to say for what it was given."""

    name: str
    label: str | Promise
    amount: int
    daily_cap: int | None = None
    explain: Explain = lambda _sources: {}
    # Shown among the ways to earn; what is brought along from elsewhere is not.
    is_a_way: bool = True


def ids(sources: Sequence[str]) -> list[int]:
    """The numbers in sources like "topic:7"; others have none."""
    return numbers(source.rpartition(":")[2] for source in sources)


_kinds: dict[str, RuleKind] = {}


def register(kind: RuleKind) -> None:
    """Let a deed give experience; rooms call it in ready()."""
    _kinds[kind.name] = kind


def kind(name: str) -> RuleKind | None:
    return _kinds.get(name)


def kinds() -> list[RuleKind]:
    """Every kind, in the order of registration."""
    return list(_kinds.values())
