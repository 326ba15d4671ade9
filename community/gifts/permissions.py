"""Who may see a gift, give one, thank for it, and take it off the wall."""

from datetime import datetime

from community.builds.permissions import can_manage, is_engineer_self
from community.gifts.models import Gift
from community.members.permissions import User, is_admin, is_member, may_write


def may_give(user: User, at: datetime) -> bool:
    return may_write(user, at)


def may_see(user: User, gift: Gift) -> bool:
    """What is on the wall, one's own unless a moderator hid it, and everything for admins."""
    if gift.is_visible or is_admin(user):
        return True
    return _is_own(user, gift) and gift.hidden_at is None and gift.withdrawn_at is None


def may_withdraw(user: User, gift: Gift) -> bool:
    return _is_own(user, gift) and gift.hidden_at is None and gift.withdrawn_at is None


def may_thank(user: User, gift: Gift) -> bool:
    """Whom it was for: the engineer, or who manages the team's product."""
    if not gift.is_visible or gift.thanked_at or not is_member(user):
        return False
    if gift.engineer:
        return is_engineer_self(user, gift.engineer)
    return gift.product is not None and can_manage(user, gift.product)


def may_hide(user: User) -> bool:
    return is_admin(user)


def _is_own(user: User, gift: Gift) -> bool:
    return is_member(user) and gift.member_id == user.pk
