"""Who may do what with private conversations. Nobody reads one but those who take part."""

from datetime import datetime, timedelta

from community.conversations.models import Message
from community.members.models import Member
from community.members.permissions import User, is_member

# How many conversations a member of each level may begin in a day.
NEW_A_DAY = (3, 10, 20, 30, 50, 50)
CHANGEABLE_FOR = timedelta(minutes=1)


def new_a_day(member: Member) -> int:
    return NEW_A_DAY[min(member.level, len(NEW_A_DAY) - 1)]


def may_change(user: User, message: Message, at: datetime) -> bool:
    """One's own words, for a minute."""
    is_own = is_member(user) and message.author_id == user.pk
    return is_own and message.withdrawn_at is None and at < message.sent_at + CHANGEABLE_FOR
