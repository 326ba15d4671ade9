"""What becomes of a member's gifts, and of their thanks, when they leave."""

from datetime import datetime

from community.gifts.models import Gift
from community.members.models import Member


def erase(member: Member, keeps_words: bool, at: datetime) -> None:
    """Gifts stay behind nobody, or go with the words."""
    if keeps_words:
        return
    Gift.objects.filter(member=member).delete()
    Gift.objects.filter(engineer__member=member).exclude(thanks="").update(thanks="")
