"""Wishes that a new title may repeat: of the same area and device first, then by their words."""

from collections.abc import Sequence

from community.builds.models import Product
from community.forum.models import Board
from community.forum.search import facets, finding
from community.forum.search.finding import Wanted
from community.members.permissions import User
from community.text import pairs
from community.text.fold import fold
from community.text.width import columns
from feedback.proposals.models import Proposal

MIN_COLUMNS = 4
SHOWN, LOOKED_AT = 5, 80
# How much of the new title an old one has to share.
ENOUGH = 0.3


def similar_proposals(
    title: str, *, user: User, product: Product | None, area: str = "", device: str = ""
) -> list[Proposal]:
    """At most SHOWN wishes of a product whose titles share words with this one.

    Found through the search of the forum, which knows Han by pairs: a wish is found as soon as
    its topic has been read by it.
    """
    asked = pairs.units_of(title)
    if columns(title) < MIN_COLUMNS or not asked:
        return []
    found = Proposal.objects.readable_by(user).filter(topic__posts__in=_first_posts(title, user))
    if product is not None:
        found = found.filter(product=product)
    wishes = found.exclude(status=Proposal.Status.MERGED).select_related("topic", "product")
    scored = [(_likeness(wish, asked, area, device), wish) for wish in wishes]
    enough = [pair for pair in scored if pair[0][1] >= ENOUGH]
    enough.sort(key=lambda pair: (*pair[0], pair[1].vote_count, pair[1].pk), reverse=True)
    return [wish for _score, wish in enough[:SHOWN]]


def _first_posts(title: str, user: User) -> Sequence[int]:
    boards = Board.objects.readable_by(user).values_list("pk", flat=True)
    words = f"({pairs.any_of(title, mark=facets.IN_TITLE)})"
    hits = finding.newest(Wanted(terms=words, boards=list(boards)), enough=LOOKED_AT).hits
    return [post for _entry, post in hits]


def _likeness(wish: Proposal, asked: frozenset[str], area: str, device: str) -> tuple[int, float]:
    """How many of area and device are the same, and the share of the title that is."""
    same = [
        bool(mine) and fold(mine) == fold(its)
        for mine, its in ((area, wish.area), (device, wish.device))
    ]
    return sum(same), len(asked & pairs.units_of(wish.title)) / len(asked)
