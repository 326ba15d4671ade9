"""The medal of who won a Popcorn Award."""

from datetime import datetime

from django.db.models.functions import Coalesce

from awards.popcorn.models import Award, AwardPlace
from community.builds.models import Credit
from community.honours.medals import Measure, MedalKind

STAGES = (1, 5, 10)


def won(at: datetime) -> Measure:
    """In how many announced weeks somebody won: the ranking, or the bucket with their feature."""
    out = Award.objects.announced().filter(announced_at__lte=at)
    first = AwardPlace.objects.filter(is_winner=True, award__in=out).values_list(
        _member("engineer"), "award__build"
    )
    bucket = Credit.objects.filter(feature__buckets__award__in=out).values_list(
        _member("engineer"), "feature__build"
    )
    query, values = first.order_by().union(bucket.order_by()).query.sql_with_params()
    return f"SELECT who, count(*) FROM ({query}) AS weeks (who, build) GROUP BY who", values  # noqa: S608 - our own words


def _member(engineer: str) -> Coalesce:
    """Who it is today: merged since, or still the one who signed."""
    return Coalesce(f"{engineer}__merged_into__member", f"{engineer}__member")


MEDAL = MedalKind(
    slug="popcorn",
    name="Popcorn Award",
    name_zh="爆米花奖",
    description="Win the Popcorn Award with what you built; the stages count weeks.",
    description_zh="凭自己开发的更新获得爆米花奖；阶段为获奖周数。",
    icon="popcorn",
    stages=STAGES,
    reached=won,
)
