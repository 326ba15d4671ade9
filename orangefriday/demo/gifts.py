"""What hangs on the demo's gift wall."""

from datetime import datetime, timedelta
from io import BytesIO

from community.builds.models import Engineer, Product
from community.gifts.domain import giving
from community.media.domain import pictures
from community.members.models import Member
from orangefriday.demo.drawings import drawing
from orangefriday.demo.regulars import regulars

TEAM = "team"
# The picture, for which engineer, the words, and thanks where there were some.
GIFTS: tuple[tuple[str, str, str, str | None], ...] = (
    ("oranges", TEAM, "老家果园第一茬橙子，寄给周五下午还在发版的你们。", "箱子还没开，整层楼都闻到了。谢谢！"),
    ("mug", "linhao", "A mug with the four grids, fired twice because the first orange came out brown.", "It holds exactly one release night of coffee."),
    ("scarf", "meiruoxi", "织了三周，每一条纹路对应一个喜欢的更新。", "收到了，今天就围着上班。"),
    ("cake", TEAM, "Cake for build number three hundred. The candles are the three features I use every day.", None),
    ("pennant", "zhaoyiming", "“妙手回春”——送给修好我相机闪退的赵工。", "受之有愧，还有一个偶发的在查。"),
    ("cat", "rajrao", "Felt cat that looks like the one in your build notes.", ""),
    ("cookies", "zoem", "One of the four is the good one. You know which.", "We argued about it for ten minutes."),
    ("portrait", "siyuan", "照着发布会的照片画的，头发可能画多了一点。", None),
    ("bouquet", "zhouke", "夜间模式终于不刺眼了，妈妈让我一定送束花。", "请替我谢谢阿姨。"),
    ("patch", "annak", "Embroidered on the night train; wear it on Fridays.", ""),
    ("postcard", "josealv", "Sunset over the harbour, shot with the new white balance. No filter.", None),
    ("popcorn", "sunyue", "手工做的爆米花桶，奖杯拿到了就有地方放了。", "已经放在工位上了！"),
)  # fmt: skip


def hang(*, at: datetime) -> None:
    """Give everything, over the last weeks; whom it was for has thanked for most."""
    givers = list(
        Member.objects.filter(username__in=[regular.username for regular in regulars()], level__gte=2)
        .order_by("pk")[: len(GIFTS)]
    )  # fmt: skip
    team = Product.objects.order_by("pk")[0]
    engineers = {engineer.slug: engineer for engineer in Engineer.objects.select_related("member")}
    for n, (picture, receiver, words, thanks) in enumerate(GIFTS):
        given_at = at - timedelta(days=3 * (len(GIFTS) - n), hours=n)
        giver = givers[n % len(givers)]
        gift = giving.give(
            member=giver,
            picture=pictures.keep(file=BytesIO(drawing(picture)), member=giver, at=given_at),
            words=words,
            engineer=engineers.get(receiver),
            product=team if receiver == TEAM else None,
            at=given_at,
        )
        if thanks is not None:
            giving.thank(gift=gift, words=thanks, at=given_at + timedelta(hours=5))
