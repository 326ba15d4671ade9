"""Experience for wishes: when one is accepted, and again when it ships."""

from datetime import datetime

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from community.honours.domain import experience
from community.honours.models import Entry
from feedback.proposals.models import Proposal

ACCEPTED, SHIPPED = "accepted", "shipped"


def credit_wishes(*, at: datetime) -> int:
    """Give what is due to the authors of planned and shipped wishes; how many were given."""
    return _credit(ACCEPTED, Proposal.PLANNED, at) + _credit(
        SHIPPED, (Proposal.Status.SHIPPED,), at
    )


def _credit(rule: str, statuses: tuple[str, ...], at: datetime) -> int:
    own_source = Concat(Value("proposal:"), Cast(OuterRef("pk"), CharField()))
    given = Entry.objects.filter(rule=rule, source=own_source, member=OuterRef("author"))
    wished = Proposal.objects.filter(status__in=statuses, author__isnull=False)
    return sum(
        experience.grant(rule=rule, member_id=author, source=f"proposal:{wish}", at=at)
        for wish, author in list(wished.exclude(Exists(given)).values_list("pk", "author"))
        if author is not None
    )
