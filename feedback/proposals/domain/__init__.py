"""What happens to wishes: written, voted on, answered, merged, shipped and told."""

from feedback.proposals.domain.answering import answer_many, answer_proposal
from feedback.proposals.domain.merging import merge, unmerge
from feedback.proposals.domain.refusals import NotOfThisProduct, ReasonMissing, WishRefused
from feedback.proposals.domain.voting import put_votes
from feedback.proposals.domain.writing import create_proposal, edit_proposal

__all__ = [
    "NotOfThisProduct",
    "ReasonMissing",
    "WishRefused",
    "answer_many",
    "answer_proposal",
    "create_proposal",
    "edit_proposal",
    "merge",
    "put_votes",
    "unmerge",
]
