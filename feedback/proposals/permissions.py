"""Who writes, votes on, answers and merges wishes."""

from datetime import datetime

from community.builds.models import Product
from community.builds.permissions import can_manage, can_open_studio
from community.forum.models import Board
from community.forum.permissions import may_edit, may_open_topic
from community.members.permissions import User, may_vote_at_all
from feedback.proposals.models import Proposal


def can_propose(user: User, board: Board | None, at: datetime) -> bool:
    """Whoever may open a topic where new features are talked about; managers of a product too."""
    if board is None:
        return can_open_studio(user)
    return may_open_topic(user, board, at)


def can_vote(user: User, at: datetime) -> bool:
    return may_vote_at_all(user, at)


def can_answer(user: User, proposal: Proposal) -> bool:
    """Managers of its product give it a status and merge it; all of these are theirs alone."""
    return can_manage(user, proposal.product)


def can_edit(user: User, proposal: Proposal, at: datetime) -> bool:
    """Managers of its product; who wrote it, for a day, while its talk is open."""
    if can_manage(user, proposal.product):
        return True
    if proposal.topic is None or proposal.author_id != user.pk:
        return False
    first = proposal.topic.posts.filter(number=1).select_related("topic__board").first()
    return first is not None and may_edit(user, first, at)


def can_decide(user: User, product: Product) -> bool:
    """Managers go through a wish round and answer it."""
    return can_manage(user, product)
