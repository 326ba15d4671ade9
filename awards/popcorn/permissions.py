"""Who may see and steer awards."""

from awards.popcorn.models import Award
from community.builds.models import Build, Engineer
from community.builds.permissions import can_publish, is_engineer_self
from community.members.permissions import User


def can_see_award(user: User, award: Award) -> bool:
    """What is out is public; before, and when withheld, it is the managers'."""
    return award.announced_at is not None or can_steer(user, award.build)


def can_steer(user: User, build: Build) -> bool:
    """Announce, withhold, correct, take a discount back."""
    return can_publish(user, build)


def can_see_band(user: User, engineer: Engineer) -> bool:
    """An engineer's own place, wherever it is: nobody is shown a public bottom."""
    return is_engineer_self(user, engineer)
