"""A community of 100 000 members who have written as much as one asks for."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.utils import timezone

from benchmarks.forum.copies import copy_row
from community.forum.domain.posting import open_topic
from community.forum.models import Board, Post, Topic
from community.members.domain.accounts import create_member
from community.members.models import Member
from community.members.signed_in import SessionStore
from community.notices.models import Notice

MEMBERS = 100_000
UNREAD_NOTICES = 5_000
POSTS_A_TOPIC = 20
BODIES = (
    "更新到 7.1.3 以后相机偶尔闪退，**重启**能好一阵子。有没有人也遇到？\n\n- 小米 2S\n- 开发版",
    "Same here. It happens when the flash is on auto:\n\n> 相机偶尔闪退\n\nTurning HDR off helped.",
    "抓了日志：\n\n```\nE/Camera: cannot connect to service\n```\n\n已经发给工程师了，谢谢反馈！",
    "Friday's build mended it for me. 感谢！Scrolling in the gallery is **much** smoother as well.",
    "我的没有这个问题，可能和主题有关，试试恢复默认主题再看看。如果还不行，建议双清之后再刷一次。",
)


@dataclass(frozen=True)
class Community:
    """Where to read: the long topic, its posts, the other topics, and who is signed in."""

    reader: Member
    session: str
    long_topic: Topic
    topics: range
    board: Board


def make_members() -> Member:
    """100 000 members, and one who reads and was told 5 000 things."""
    now = timezone.now()
    reader = create_member(
        username="reader",
        display_name="爱看帖的人",
        email="reader@example.org",
        is_verified=True,
        at=now,
    )
    EmailAddress.objects.get_or_create(user=reader, email="reader@example.org", verified=True)
    names = "'reader' || n"
    copy_row(
        reader,
        f"generate_series(1, {MEMBERS}) AS n",
        username=names,
        display_name="'米粉' || n",
        name_skeleton="'skeleton' || n",
        email=f"{names} || '@example.org'",
    )
    told = Notice.objects.create(
        member=reader,
        kind="forum.reply",
        about="topic:0",
        url="/forum/",
        created_at=now,
        told_at=now,
    )
    copy_row(
        told,
        f"generate_series(1, {UNREAD_NOTICES - 1}) AS n",
        about="'topic:' || n",
        told_at="kept.told_at - n * interval '1 minute'",
    )
    return reader


def write(reader: Member, *, posts: int, long: int) -> Community:
    """Topics of twenty posts and one long topic: `posts` altogether, `long` of them in that one."""
    board = Board.objects.get(slug="chat")
    now = timezone.now()
    first = open_topic(board=board, title="相机闪退怎么办", body=BODIES[0], author=None, at=now)
    topics = (posts - long) // POSTS_A_TOPIC
    copy_row(
        first,
        f"generate_series(1, {topics}) AS n",
        title="'第 ' || n || ' 个问题 How do I turn it off?'",
        author_id=_somebody(reader, "n"),
        board_id="(array(SELECT id FROM forum_board ORDER BY id))[1 + n % 5]",
        post_count=str(POSTS_A_TOPIC),
        created_at="kept.created_at - n * interval '1 minute'",
        last_post_at="kept.created_at - n * interval '1 minute'",
    )
    _write_posts(
        first,
        reader,
        f"forum_topic AS t, generate_series(1, {POSTS_A_TOPIC}) AS n",
        f"t.id > {first.pk} AND t.title LIKE '第 %'",
        "t.id",
    )
    _write_posts(first, reader, f"generate_series(2, {long}) AS n", "true", str(first.pk))
    Topic.objects.filter(pk=first.pk).update(post_count=long, last_post_at=now)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    first.refresh_from_db()
    others = range(first.pk + 1, first.pk + topics + 1)
    return Community(reader, _session(reader), first, others, board)


def _write_posts(first: Topic, reader: Member, source: str, where: str, topic: str) -> None:
    for part, body in enumerate(BODIES):
        sample = Post(topic=first, number=10**6 + part, author=reader, created_at=timezone.now())
        sample.take_body(body)
        sample.save()
        copy_row(
            sample,
            f"(SELECT n, {topic} AS topic FROM {source} WHERE ({where})"
            f" AND n % {len(BODIES)} = {part}) AS p",
            topic_id="p.topic",
            number="p.n",
            author_id=_somebody(reader, "p.topic * 31 + p.n * 17"),
            created_at="kept.created_at - interval '30 days' + p.n * interval '1 second'",
        )
        sample.delete()


def _somebody(reader: Member, number: str) -> str:
    return f"{reader.pk} + 1 + ({number}) % {MEMBERS - 10}"


def _session(member: Member) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = "community.members.signed_in.Backend"
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.set_expiry(timedelta(days=1))
    session.create()
    return str(session.session_key)
