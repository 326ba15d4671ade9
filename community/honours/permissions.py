"""Who may apply for medals and take them back."""

from datetime import datetime

from community.honours.models import Medal
from community.members.permissions import User, is_admin, may_write


def may_apply(user: User, medal: Medal, at: datetime) -> bool:
    return medal.is_by_application and may_write(user, at)


def may_give(user: User) -> bool:
    """By hand, and take back what was given."""
    return is_admin(user)
