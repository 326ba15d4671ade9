"""What members have earned: experience, places on leaderboards, medals."""

from community.honours.models.experience import LEVELS, Balance, Entry, Place, Rule
from community.honours.models.medals import Medal, MedalApplication, MedalGrant, MedalStage

__all__ = [
    "LEVELS",
    "Balance",
    "Entry",
    "Medal",
    "MedalApplication",
    "MedalGrant",
    "MedalStage",
    "Place",
    "Rule",
]
