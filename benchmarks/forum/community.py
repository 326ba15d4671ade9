"""A community of 100 000 members who have written as much as one asks for."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.utils import timezone

from benchmarks.forum.copies import bare, copy_row
from benchmarks.forum.texts import TEXTS, store_texts
from benchmarks.voters import open_build
from community.builds.models import Product
from community.forum.domain.posting import open_topic
from community.forum.models import Board, Post, SearchEntry, Topic
from community.forum.search import facets
from community.members.domain.accounts import create_member
from community.members.models import Member
from community.members.signed_in import SessionStore
from community.notices.models import Notice
from community.text.markdown import RULES

MEMBERS = 100_000
UNREAD_NOTICES = 5_000
POSTS_A_TOPIC = 20
NUMBER = "1234567890"  # stands for the number of a topic
TITLE = "第 {} 个问题 How do I turn it off?"
# Posts that search has not read: numbered as they were written, the filters as facets.of_… say.
_ENTRIES = """
INSERT INTO forum_searchentry (id, post_id, created_at, terms)
SELECT id, post_id, created_at,
       CASE WHEN number = 1 THEN replace(%(head)s, %(number)s, topic::text)::tsvector
            ELSE ''::tsvector END
       || concat_ws(' ', quote_literal('#b' || board), quote_literal('#a' || author),
                    quote_literal('#ktalk'), quote_literal('#s' || id / 1024))::tsvector
       || terms
  FROM (SELECT row_number() OVER (ORDER BY p.created_at, p.id)
               + (SELECT coalesce(max(id), 0) FROM forum_searchentry) AS id,
               p.id AS post_id, p.number, p.created_at, p.author_id AS author,
               t.id AS topic, t.board_id AS board, text.terms
          FROM forum_post AS p JOIN forum_topic AS t ON t.id = p.topic_id
          JOIN bench_text AS text ON text.n = (t.id * 31 + p.number * 17) %% %(texts)s
         WHERE t.id >= %(first)s) AS due
"""


@dataclass(frozen=True)
class Community:
    """Where to read: the long topic, its posts, the other topics, and who is signed in."""

    reader: Member
    session: str
    long_topic: Topic
    topics: range


def make_members() -> Member:
    """100 000 members, and one who reads and was told 5 000 things; what others will say."""
    store_texts()
    open_build(Product.objects.create(slug="phone", name="Phone"), 1)
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
        signature=_every_tenth("'来自 *小米 2S* ' || n"),
        signature_html=_every_tenth("'<p>来自 <em>小米 2S</em> ' || n || E'</p>\\n'"),
        signature_rules=str(RULES),
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
    first = open_topic(board=board, title="相机闪退怎么办", body="刚更新的。", author=None, at=now)
    topics = (posts - long) // POSTS_A_TOPIC
    with bare(Topic, Post, SearchEntry):
        copy_row(
            first,
            f"generate_series(1, {topics}) AS n",
            title=TITLE.format("' || n || '").join("''"),
            author_id=_somebody(reader, "n"),
            board_id="(array(SELECT id FROM forum_board ORDER BY id))[1 + n % 5]",
            post_count=str(POSTS_A_TOPIC),
            created_at="kept.created_at - n * interval '1 minute'",
            last_post_at="kept.created_at - n * interval '1 minute'",
        )
        others = (
            f"forum_topic AS t, generate_series(1, {POSTS_A_TOPIC}) AS n WHERE t.id > {first.pk}"
        )
        _write_posts(first, reader, f"SELECT n, t.id AS topic FROM {others}")
        alone = f"SELECT n, {first.pk} AS topic FROM generate_series(2, {long}) AS n"
        _write_posts(first, reader, alone)
        _index(first)
    Topic.objects.filter(pk=first.pk).update(post_count=long, last_post_at=now)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    first.refresh_from_db()
    return Community(reader, _session(reader), first, range(first.pk + 1, first.pk + topics + 1))


def _write_posts(first: Topic, reader: Member, places: str) -> None:
    copy_row(
        first.posts.get(number=1),
        f"({places}) AS p JOIN bench_text AS t ON t.n = (p.topic * 31 + p.n * 17) % {TEXTS}",
        topic_id="p.topic",
        number="p.n",
        author_id=_somebody(reader, "p.topic * 31 + p.n * 17"),
        is_by_site="false",
        body="t.body",
        html="t.html",
        created_at="kept.created_at - interval '100 days' + p.n * interval '1 minute'",
        reaction_counts="CASE p.n % 5 WHEN 0 THEN '{\"thanks\": 2}'"
        " WHEN 1 THEN '{\"love\": 1, \"thanks\": 12}' ELSE '{}' END::jsonb",
    )


def _index(first: Topic) -> None:
    """Entries for search, made of the texts' terms in place of reading each post."""
    first.title = TITLE.format(NUMBER)
    head, _words = facets.terms_of(Post(topic=first, number=1))
    with connection.cursor() as cursor:
        cursor.execute(
            _ENTRIES, {"head": head, "number": NUMBER, "first": first.pk, "texts": TEXTS}
        )
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('forum_searchentry', 'id'), max(id))"
            " FROM forum_searchentry"
        )


def _every_tenth(words: str) -> str:
    return f"CASE n % 10 WHEN 0 THEN {words} ELSE '' END"


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
