"""What is kept of each award: the result, what proves it, and what was discounted."""

from awards.popcorn.models.award import Award
from awards.popcorn.models.discount import DiscountedBallot, DiscountOverride
from awards.popcorn.models.evidence import BundlePart, PseudonymKey, ReceiptPage
from awards.popcorn.models.podium import AwardPlace, BucketWinner, Quote
from awards.popcorn.models.sums import AwardSums

__all__ = [
    "Award",
    "AwardPlace",
    "AwardSums",
    "BucketWinner",
    "BundlePart",
    "DiscountOverride",
    "DiscountedBallot",
    "PseudonymKey",
    "Quote",
    "ReceiptPage",
]
