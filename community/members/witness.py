"""Who keeps a record of staff looking at accounts: a room above registers, this one tells it."""

from collections.abc import Callable
from datetime import datetime

from community.members.models import Member

# Who looked, at whose account, when.
Witness = Callable[[Member, Member, datetime], None]

_witnesses: list[Witness] = []


def register(witness: Witness) -> None:
    """Be told of every look; rooms call it in ready()."""
    _witnesses.append(witness)


def saw(*, by: Member, member: Member, at: datetime) -> None:
    """A member of the staff is shown somebody's account."""
    for witness in _witnesses:
        witness(by, member, at)
