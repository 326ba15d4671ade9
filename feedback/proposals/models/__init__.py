"""What members wish for: proposals, what became of each, and the votes of every wish round."""

from feedback.proposals.models.history import AnswerNews, Merge, News, ShippedNews, StatusChange
from feedback.proposals.models.proposals import Proposal
from feedback.proposals.models.rounds import BUDGETS, MOST_ON_ONE, Vote, WishRound

__all__ = [
    "BUDGETS",
    "MOST_ON_ONE",
    "AnswerNews",
    "Merge",
    "News",
    "Proposal",
    "ShippedNews",
    "StatusChange",
    "Vote",
    "WishRound",
]
