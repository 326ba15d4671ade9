"""What the demo's members say in private, keep for later, and wait to see approved."""

from datetime import datetime, timedelta

from community.conversations.domain import talking
from community.forum.domain import bookmarks
from community.forum.domain.posting import reply
from community.forum.models import Post, Topic
from community.honours.domain.experience import bring_along
from community.members.models import Member
from community.notices.domain.reading import read_about

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
# Who talks with whom about what, how many hours ago; the first who is named begins.
Talk = tuple[tuple[str, ...], str, int, tuple[tuple[int, str], ...]]
TALKS: tuple[Talk, ...] = (
    (
        ("fan", "engineer"),
        "",
        50,
        (
            (0, "你好，相机那个 BUG 我又录了一段视频，需要的话我发给你。"),
            (1, "太好了。请带上版本号和机型，另外说一下光线。"),
            (0, "版本在帖子里写了，One 5，室内灯光，**每次**都能复现。"),
            (1, "收到，周四之前给你回音。谢谢！"),
        ),
    ),
    (
        ("moderator", "fan"),
        "周末线下聚会",
        30,
        (
            (0, "周六下午两点，老地方。你来吗？"),
            (1, "来！我带两台旧手机，可以现场刷。"),
            (0, "- 投影\n- 签到表\n- 爆米花 🍿\n\n剩下的我来准备。"),
        ),
    ),
    (
        ("patient_pat", "fan"),
        "",
        20,
        (
            (0, "Thanks for the battery table. May I translate it for the English boards?"),
            (1, "Sure, go ahead. Just link back to the topic."),
        ),
    ),
    (
        ("manager", "engineer", "moderator"),
        "Friday's notes",
        9,
        (
            (0, "Draft of the release notes is in the studio. Names missing on three changes."),
            (1, "Two of them are mine, the third is Mei's."),
            (2, "I will pin the topic at five."),
        ),
    ),
    (
        ("amu_pai", "fan"),
        "夜景样张",
        2,
        ((0, "看了你的对比图，快门再慢一点会更好，要不要一起去江边拍一组？"),),
    ),
)
NOTES = ("下个版本再试一次", "", "Compare with mine", "", "转给同事看", "")
HELD = (
    ("Full list of working straps: <https://straps.example/list>", 5),
    ("这里有完整的教程：<https://jiaocheng.example/duokai>", 3),
)


def live(accounts: dict[str, Member], *, at: datetime) -> None:
    """Let members talk in private, keep bookmarks, wait for approval, and have their levels."""
    bring_along(at=at)
    for talk in TALKS:
        _talk(accounts, talk, at)
    _keep(accounts["fan"], at)
    _wait(at)


def _talk(accounts: dict[str, Member], talk: Talk, at: datetime) -> None:
    names, title, hours, said = talk
    people = [accounts.get(name) or Member.objects.get(username=name) for name in names]
    begun_at = at - hours * HOUR
    (_first, words), *rest = said
    conversation = talking.begin(
        author=people[0], others=people[1:], title=title, body=words, at=begun_at
    )
    for n, (who, words) in enumerate(rest, start=1):
        talking.answer(
            conversation=conversation, author=people[who], body=words, at=begun_at + 7 * n * MINUTE
        )
        # Who answers has read what was said before.
        read_about(
            member=people[who],
            about=[f"conversation:{conversation.pk}"],
            at=begun_at + 7 * n * MINUTE,
        )


def _keep(fan: Member, at: datetime) -> None:
    """Posts the fan wants to find again; of one it wants to be reminded tomorrow."""
    posts = Post.objects.visible().exclude(author=fan).filter(author__isnull=False)
    found = posts.order_by("-created_at")[: 40 * len(NOTES) : 40]
    for n, (post, note) in enumerate(zip(found, NOTES, strict=False)):
        remind_at = at + timedelta(days=1) if n == 0 else None
        bookmarks.keep(member=fan, post=post, note=note, remind_at=remind_at, at=at - n * HOUR)


def _wait(at: datetime) -> None:
    """The first links of newcomers, which wait for a moderator."""
    newcomers = Member.objects.filter(level=0, posts=None, is_staff=False).verified()
    topics = Topic.objects.visible().filter(board__slug="experience", is_locked=False)
    latest = topics.order_by("-last_post_at")[: len(HELD)]
    for author, topic, (words, hours) in zip(
        newcomers.order_by("-date_joined", "pk")[: len(HELD)], latest, HELD, strict=True
    ):
        moment = at - hours * HOUR
        reply(topic=topic, author=author, body=words, submission_key=None, at=moment)
