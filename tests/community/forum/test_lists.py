"""New, unread, mine, needs an answer, tags: what stands where, page by page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.forum.domain.posting import open_topic, reply
from community.forum.domain.reading import mark_all_read, mark_read
from community.forum.models import Board, Kind, Tag, Topic
from community.forum.queries import boards
from community.members.models import Member
from tests.community.members.making import make_member, queries_for, signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LISTS = ("new", "unread", "mine", "needs-an-answer", "tags/xiangji")


def topic(title: str, author: Member | None = None, minutes: int = 0, **fields: object) -> Topic:
    board = Board.objects.get(slug=fields.pop("board", "chat"))
    at = NOW - timedelta(hours=1) + timedelta(minutes=minutes)
    made = open_topic(board=board, title=title, body="x", author=author, at=at, **fields)
    tag, _ = Tag.objects.get_or_create(name="相机", folded="xiangji", defaults={"topic_count": 1})
    made.tags.add(tag)
    return made


def read(member: Member, topic: Topic, number: int = 1) -> None:
    mark_read(member_id=member.pk, topic_id=topic.pk, last_read=number, place=number, at=NOW)


def titles(client: Client, address: str) -> list[str]:
    return [row.topic.title for row in client.get(f"/forum/{address}").context["rows"]]


def answer(topic: Topic, author: Member | None = None) -> None:
    reply(topic=topic, author=author, body="y", submission_key=None, at=NOW)


def test_new_is_what_one_has_not_opened() -> None:
    member = make_member()
    first, second = topic("一"), topic("二", minutes=1)
    old = topic("旧")
    Topic.objects.filter(pk=old.pk).update(created_at=NOW - timedelta(days=15))
    read(member, first)
    assert titles(signed_in(member), "new/") == ["二"]
    assert titles(Client(), "new/") == ["二", "一", "旧"]
    mark_all_read(member=member, at=second.created_at)
    assert titles(signed_in(member), "new/") == []


def test_unread_is_where_more_was_said() -> None:
    member = make_member()
    ended, going_on = topic("一"), topic("二")
    topic("没看过")
    for seen in (ended, going_on):
        read(member, seen)
    answer(going_on)
    client = signed_in(member)
    assert titles(client, "unread/") == ["二"]
    assert client.post("/forum/read/").url == "/forum/unread/"
    assert titles(client, "unread/") == []
    reply(topic=ended, author=None, body="y", submission_key=None, at=timezone.now())
    assert titles(client, "unread/") == ["一"]


def test_mine_are_those_i_opened_or_wrote_in() -> None:
    member = make_member()
    topic("别人的")
    theirs = topic("我回过的")
    topic("我的", member, minutes=1)
    answer(theirs, member)
    assert titles(signed_in(member), "mine/") == ["我回过的", "我的"]


def test_what_needs_an_answer() -> None:
    asked = topic("问", kind=Kind.QUESTION)
    topic("虫", kind=Kind.BUG, minutes=1)
    topic("聊")
    assert titles(Client(), "needs-an-answer/") == ["虫", "问"]
    Topic.objects.filter(kind=Kind.BUG).update(official_at=NOW)
    Topic.objects.filter(pk=asked.pk).update(best_answer=asked.posts.get())
    assert titles(Client(), "needs-an-answer/") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [("board=help", ["乙"]), ("tag=xiangji", ["乙", "甲"]), ("tag=x", []), ("kind=bug", ["甲"])],
)
def test_lists_are_narrowed_by_address(query: str, found: list[str]) -> None:
    topic("甲", kind=Kind.BUG)
    topic("乙", minutes=1, board="help")
    assert titles(Client(), f"new/?{query}") == found


def test_every_list_goes_on_by_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boards, "TOPICS_A_PAGE", 2)
    member = make_member()
    for number in range(5):
        made = topic(f"t{number}", member, minutes=number // 2, kind=Kind.QUESTION)
        answer(made)
        Topic.objects.filter(pk=made.pk).update(last_post_at=made.created_at)
        if number < 3:
            read(member, made)
    client = signed_in(member)
    expected = {"new": 2, "unread": 3, "mine": 5, "needs-an-answer": 5, "tags/xiangji": 5}
    for name, count in expected.items():
        found, before = [], ""
        while True:
            page = client.get(f"/forum/{name}/", {"before": before}).context
            found += [row.topic.title for row in page["rows"]]
            before = page["older"]
            if not before:
                break
        assert (len(found), found) == (count, sorted(found, reverse=True)), name


def test_no_list_shows_what_one_may_not_read() -> None:
    member = make_member()
    secret = topic("内部", member, kind=Kind.QUESTION)
    read(member, secret)
    answer(secret)
    Board.objects.filter(slug="chat").update(readers=Board.Readers.STAFF)
    for name in LISTS:
        assert titles(signed_in(member), f"{name}/") == [], name


def test_longer_lists_cost_no_more_queries() -> None:
    member = make_member()
    client = signed_in(member)

    def one_more() -> None:
        topic("新")
        made = topic("题", make_member(), kind=Kind.QUESTION)
        answer(made, member)
        read(member, made)

    one_more()
    with_one = {name: queries_for(client, f"/forum/{name}/") for name in (*LISTS, "tags")}
    one_more()
    one_more()
    assert {name: queries_for(client, f"/forum/{name}/") for name in with_one} == with_one
    assert max(with_one.values()) <= 12
