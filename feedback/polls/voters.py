"""Who filled in the four grids of a build, as the room above this one knows.

It registers in its AppConfig.ready()::

    voters.register(builds_voted_in)     # (member, build ids) -> those of them they voted on
"""

from collections.abc import Callable, Collection
from collections.abc import Set as AbstractSet

from community.members.models import Member

VotedIn = Callable[[Member, Collection[int]], AbstractSet[int]]

_known: list[VotedIn] = []


def register(voted_in: VotedIn) -> None:
    _known.append(voted_in)


def voted_in(member: Member, builds: Collection[int]) -> AbstractSet[int]:
    """Those of the builds on which a member has a ballot."""
    return set().union(*(known(member, builds) for known in _known))
