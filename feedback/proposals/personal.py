"""What becomes of a member's wishes when they leave and take their words along."""

from datetime import datetime

from community.members.models import Member
from feedback.proposals.models import Proposal

GONE = "…"


def erase(member: Member, keeps_words: bool, at: datetime) -> None:
    """Take the words out; the wish stays where ballots and votes name it, behind nobody."""
    if not keeps_words:
        Proposal.objects.filter(author=member).update(title=GONE, body="")
