"""What the site says when an award is out: a topic to congratulate in."""

from datetime import datetime

from django.urls import reverse

from awards.popcorn.models import Award
from awards.popcorn.queries import buckets, winners
from community.builds.domain.announcement import plain
from community.forum.domain import posting
from community.forum.domain.boards import ensure_boards
from community.forum.models import Board, Topic

TOO_FEW = "本周票数不足 · not enough votes this week"


def open_topic(award: Award, *, at: datetime) -> Topic:
    """Open the topic of an award, in both languages of the site."""
    ensure_boards()
    again = f" ({award.revision})" if award.revision > 1 else ""
    return posting.open_topic(
        board=Board.objects.get(slug="releases"),
        title=f"爆米花奖 · Popcorn Award {award.build.version}{again}",
        body=_body(award),
        author=None,
        kind=Topic.Kind.ANNOUNCEMENT,
        at=at,
    )


def _body(award: Award) -> str:
    names = "、".join(plain(place.person.name) for place in winners(award))
    titles = "、".join(plain(bucket.feature.title) for bucket in buckets(award))
    lines = [
        f"**爆米花桶 · Popcorn Bucket**：{titles or TOO_FEW}",
        f"**爆米花榜 · Popcorn ranking**：{names or TOO_FEW}",
        award.reason and f"更正 · Corrected: {plain(award.reason)}",
        f"[领奖台与验证 · Podium and how to verify it]({_address(award)})",
    ]
    return "\n\n".join(line for line in lines if line)


def _address(award: Award) -> str:
    return reverse("popcorn:award", args=[award.build.slug])
