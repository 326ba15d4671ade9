"""Who may see and steer awards."""

from community.builds.models import Build, Engineer
from community.builds.permissions import can_publish, is_engineer_self
from community.members.permissions import User


def can_steer(user: User, build: Build) -> bool:
    """See an award before it is out; announce, withhold, correct it, take a discount back."""
    return can_publish(user, build)


def can_see_band(user: User, engineer: Engineer) -> bool:
    """An engineer's own place, wherever it is: nobody is shown a public bottom."""
    return is_engineer_self(user, engineer)
