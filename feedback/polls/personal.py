"""What becomes of a member's polls when they leave; their votes stay, behind nobody."""

from datetime import datetime

from django.db.models import F, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat

from community.members.models import Member
from feedback.polls.models import Option, Poll

GONE = "…"


def erase(member: Member, keeps_words: bool, at: datetime) -> None:
    """Take the member's words out of the polls they made, where words are to go."""
    if keeps_words:
        return
    polls = Poll.objects.filter(made_by=member)
    # Options of a poll differ: "… 1", "… 2".
    Option.objects.filter(poll__in=polls).update(
        text=Concat(Value(f"{GONE} "), Cast(F("place"), CharField())), picture=None
    )
    polls.update(title=GONE)
