"""Who writes and answers proposals: for now the managers of the product; members name them."""

from community.builds.models import Product
from community.builds.permissions import can_manage, can_open_studio
from community.members.permissions import User
from feedback.proposals.models import Proposal


def can_write_some(user: User) -> bool:
    """Whether there is a product the user may write proposals for."""
    return can_open_studio(user)


def can_write(user: User, product: Product) -> bool:
    return can_manage(user, product)


def can_edit(user: User, proposal: Proposal) -> bool:
    return can_manage(user, proposal.product)
