"""Experience for bug reports: given to who reported what a build then fixed."""

from datetime import datetime, timedelta

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from community.forum.models import Topic
from community.honours.domain import experience
from community.honours.models import Entry

RULE = "bug"
# What changed longer ago was counted long ago.
LOOKS_BACK = timedelta(days=30)


def credit_fixed(*, at: datetime) -> int:
    """Give what is due for reports fixed lately, take it back where the fix was; how many."""
    own_source = Concat(Value("topic:"), Cast(OuterRef("pk"), CharField()))
    given = Entry.objects.filter(rule=RULE, source=own_source, member=OuterRef("author"))
    fixed = Topic.objects.filter(fixed_at__gt=at - LOOKS_BACK, author__isnull=False)
    due = list(fixed.exclude(Exists(given)).values_list("pk", "author"))
    granted = [
        experience.grant(rule=RULE, member_id=author, source=f"topic:{topic}", at=at)
        for topic, author in due
        if author is not None
    ]
    return sum(granted) + _take_back(at)


def _take_back(at: datetime) -> int:
    standing = Entry.objects.filter(rule=RULE, at__gt=at - LOOKS_BACK, reverses=None, reversal=None)
    given = {int(source.split(":")[1]): member for member, source in _pairs(standing)}
    still = Topic.objects.filter(pk__in=given, fixed_at__isnull=False)
    open_again = set(given) - set(still.values_list("pk", flat=True))
    return sum(
        experience.reverse(rule=RULE, member_id=given[topic], source=f"topic:{topic}", at=at)
        for topic in sorted(open_again)
    )


def _pairs(entries: QuerySet[Entry]) -> list[tuple[int, str]]:
    return list(entries.values_list("member", "source"))
