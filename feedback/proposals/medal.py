"""A medal for whose wish was shipped."""

from datetime import datetime

from django.db.models import Count

from community.honours.medals import Measure, MedalKind, measure
from feedback.proposals.models import Proposal


def shipped(_at: datetime) -> Measure:
    """How many wishes of each author went out."""
    out = Proposal.objects.filter(status=Proposal.Status.SHIPPED, author__isnull=False)
    return measure(out.order_by().values("author").annotate(reached=Count("pk")))


MEDAL = MedalKind(
    slug="wish-shipped",
    name="Said, and shipped",
    name_zh="心愿成真",
    description="A wish of yours went out in a build.",
    description_zh="你的一个愿望已随版本发布。",
    icon="wish",
    reached=shipped,
)
