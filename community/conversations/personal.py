"""What becomes of a member's messages when they leave."""

from datetime import datetime

from community.conversations.models import Message
from community.members.models import Member


def erase(member: Member, keeps_words: bool, at: datetime) -> None:
    """Take the words out of the member's messages where they are to go; their places stay."""
    if not keeps_words:
        Message.objects.filter(author=member).update(body="", html="", withdrawn_at=at)
