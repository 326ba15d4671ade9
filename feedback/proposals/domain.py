"""Proposals: written down, edited, and answered with a status everybody sees."""

from datetime import datetime

from community.builds.models import Build, Feature, Product
from community.members.models import Member
from feedback.proposals.models import Proposal


class ReasonMissing(Exception):
    """Who defers or declines a wish says why."""


class NotOfThisProduct(Exception):
    """The build or feature belongs to another product than the proposal."""


def create_proposal(
    *,
    product: Product,
    title: str,
    at: datetime,
    body: str = "",
    area: str = "",
    author: Member | None = None,
) -> Proposal:
    """A new wish, open for everybody to name in cell 4."""
    return Proposal.objects.create(
        product=product, title=title, body=body, area=area, author=author, created_at=at
    )


def edit_proposal(*, proposal: Proposal, title: str, body: str, area: str) -> Proposal:
    """Say the same wish better; its status stays."""
    proposal.title, proposal.body, proposal.area = title, body, area
    proposal.save(update_fields=["title", "body", "area"])
    return proposal


def answer_proposal(
    *,
    proposal: Proposal,
    status: str,
    reason: str = "",
    accepted_for: Build | None = None,
    shipped_as: Feature | None = None,
) -> Proposal:
    """Give a wish its status. Raises ReasonMissing or NotOfThisProduct.

    `accepted_for` is kept from accepted onwards, `shipped_as` only once it is shipped.
    """
    if status in Proposal.NEEDS_REASON and not reason.strip():
        raise ReasonMissing
    builds = {build.product_id for build in _builds(accepted_for, shipped_as)}
    if builds - {proposal.product_id}:
        raise NotOfThisProduct
    proposal.status, proposal.status_reason = status, reason.strip()
    proposal.accepted_for = accepted_for if status in Proposal.PLANNED else None
    proposal.shipped_as = shipped_as if status == Proposal.Status.SHIPPED else None
    proposal.save(update_fields=["status", "status_reason", "accepted_for", "shipped_as"])
    return proposal


def _builds(accepted_for: Build | None, shipped_as: Feature | None) -> list[Build]:
    found = [accepted_for] if accepted_for else []
    return [*found, shipped_as.build] if shipped_as else found
