"""Searching: what is asked, what is found, what nobody may find."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.urls import reverse

from community.forum.domain import indexing, posting
from community.forum.models import Board, Post, SearchEntry, SearchMiss, Tag, Topic
from community.forum.search import facets, finding, results
from community.forum.search.asking import taken_apart
from community.forum.search.meaning import meaning_of
from community.forum.search.results import page_of
from community.members.models import Member
from tests.community.builds.making import make_member
from tests.community.members.making import queries_for, signed_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def member() -> Member:
    return make_member("小明")


def open_topic(title: str, body: str = "正文", *, board: str = "chat", **fields: object) -> Topic:
    author = fields.pop("author", None)
    at = fields.pop("at", AT)
    topic = posting.open_topic(
        board=Board.objects.get(slug=board), title=title, body=body, author=author, at=at
    )
    if fields:
        for name, value in fields.items():
            setattr(topic, name, value)
        topic.save()
    return topic


def titles(question: str, user: Member | None = None) -> list[str]:
    indexing.index_due()
    boards = list(Board.objects.readable_by(user or AnonymousUser()))
    found = page_of(meaning_of(question, AT, boards), [board.pk for board in boards], AT)
    return [result.post.topic.title for result in found.results]


@pytest.mark.parametrize(
    ("question", "pieces"),
    [
        ("相机 闪退", [("words", "相机"), ("words", "闪退")]),
        ("作者：小明 -tag:beta", [("author", "小明"), ("tag", "beta")]),
        ("“full screen” “open", [("words", "full screen"), ("words", "open")]),
        ("版块:“求助” https://a.example", [("board", "求助"), ("words", "https://a.example")]),
        ("author: - “” ：", [("words", "author:")]),
    ],
)
def test_questions_are_taken_apart(question: str, pieces: list[tuple[str, str]]) -> None:
    assert [(piece.operator, piece.value) for piece in taken_apart(question)] == pieces


@pytest.mark.parametrize(
    "question",
    ["机", "相机闪退", "作者:小明", "board:bugs", "版块:BUG反馈 闪", "tag:相機", "build:3.5",
     "kind:bug", "since:2026-11-20", "before:2026-11-21 相机", "之后:7天", "in:title 相机",
     "-桌面", "-board:chat", "author:nobody 相机", '"相机闪退"', "since:whenever 相机"],
)  # fmt: skip
def test_questions_find_what_they_ask_for(question: str, member: Member) -> None:
    open_topic("桌面变慢", "卡顿", at=AT - timedelta(days=30))
    wanted = open_topic("相机闪退", author=member, board="bugs", kind="bug", build="3.5.7")
    wanted.tags.add(Tag.objects.create(name="相机", folded="相机"))
    assert titles(question) == ["相机闪退"]


def test_titles_come_before_texts_and_newest_first_when_asked() -> None:
    open_topic("电池耗电快", at=AT - timedelta(days=1))
    open_topic("别的", "还有电池耗电快的问题")
    assert titles("电池耗电") == ["电池耗电快", "别的"]
    assert titles("电池耗电 sort:newest") == ["别的", "电池耗电快"]


@pytest.mark.parametrize("mark", ["hidden_at", "held_at", "withdrawn_at"])
def test_a_post_out_of_sight_is_not_found(mark: str) -> None:
    topic = open_topic("相机")
    assert titles("相机") == ["相机"]
    Post.objects.filter(topic=topic).update(**{mark: AT})
    assert titles("相机") == []


def test_who_may_not_read_a_board_finds_nothing_there(member: Member) -> None:
    Board.objects.filter(slug="chat").update(readers=Board.Readers.STAFF)
    open_topic("相机")
    assert titles("相机", member) == []
    Board.objects.get(slug="chat").moderators.add(member)
    assert titles("相机", member) == ["相机"]


def test_what_was_changed_is_found_by_its_new_words() -> None:
    topic = open_topic("旧标题", "旧正文")
    indexing.index_due()
    posting.edit_post(post=topic.posts.get(), body="新的话", at=AT)
    Topic.objects.filter(pk=topic.pk).update(title="新题目", board=Board.objects.get(slug="help"))
    assert titles("新的话 board:help in:title 新题目") == []
    assert titles("新的话 board:help") == ["新题目"]
    assert titles("旧正文") == titles("旧标题") == []


def test_made_anew_entries_stand_in_the_order_of_posts() -> None:
    for day in (3, 1, 2):
        open_topic(f"第{day}天", at=AT + timedelta(days=day))
    indexing.index_due()
    assert sum(indexing.index_all(batch=2)) == 3
    in_order = SearchEntry.objects.order_by("pk").values_list("post__topic__title", flat=True)
    assert list(in_order) == ["第1天", "第2天", "第3天"]
    assert indexing.index_due() == 0


def test_a_search_that_takes_long_says_where_to_go_on() -> None:
    old = open_topic("很久以前")
    indexing.index_due()
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('forum_searchentry_id_seq', 20480)")
    open_topic("相机")
    indexing.index_due()
    wanted = finding.Wanted(terms="'很久'", boards=[old.board_id])
    found = finding.newest(wanted, enough=1, patience_s=0)
    assert (found.hits, found.looked_to > 0) == ([], True)
    found = finding.newest(wanted, enough=1, before=found.looked_to, patience_s=0)
    assert [post for _entry, post in found.hits] == [old.posts.get().pk]


def test_the_page_marks_and_leads_on(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "A_PAGE", 1)
    for n in range(2):
        open_topic(f"<b>相機{n}", "它&閃退了，<script>", at=AT + timedelta(hours=n))
    indexing.index_due()
    page = client.get(reverse("forum:search"), {"q": "相机 闪退 sort:newest"})
    html = page.content.decode()
    assert "&lt;b&gt;<mark>相機</mark>1" in html
    assert "它&amp;<mark>閃退</mark>了，&lt;script&gt;" in html
    after = page.context["page"].older
    older = client.get(reverse("forum:search"), {"q": "相机 闪退 sort:newest", "after": after})
    assert "<mark>相機</mark>0" in older.content.decode()
    assert not older.context["page"].older


def test_the_best_lead_on_to_what_is_older(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "IN_ALL", 1)
    for n in range(2):
        open_topic(f"相机{n}", at=AT + timedelta(hours=n))
    indexing.index_due()
    monkeypatch.setattr(results, "IN_TITLES", 1)
    best = client.get(reverse("forum:search"), {"q": "相机"})
    assert "<mark>相机</mark>0" not in best.text
    further = re.findall(r'href="(\?q=[^"]+)">Look further back', best.text)[0]
    assert "<mark>相机</mark>0" in client.get(reverse("forum:search") + unescape(further)).text


def test_a_search_that_looks_everywhere_costs_twelve_queries(
    client: Client, member: Member, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    for module in (facets, finding):
        monkeypatch.setattr(module, "SLICE", 1)
    monkeypatch.setattr(finding, "AT_FIRST", 1)
    monkeypatch.setattr(results, "IN_ALL", 3)
    topic, *_ = [open_topic(f"相机{n}", at=AT + timedelta(hours=n)) for n in range(4)]
    indexing.index_due()
    client.force_login(member)
    asked = {"q": f"相机 board:{topic.board.slug}"}
    client.get(reverse("forum:search"), asked)
    with django_assert_num_queries(12):
        client.get(reverse("forum:search"), asked)


def test_a_board_out_of_sight_has_no_name(client: Client) -> None:
    Board.objects.filter(slug="chat").update(readers="staff")
    page = client.get(reverse("forum:search"), {"q": "相机 board:chat"})
    assert [chip.is_known for chip in page.context["meaning"].chips] == [True, False]


def test_what_nobody_found_is_counted_but_not_while_typing(client: Client) -> None:
    address = reverse("forum:search")
    client.get(address, {"q": "火星"}, headers={"HX-Request": "true"})
    for question in ("火星", " 火　星 ", "火星 sort:newest", "board:bugs", ""):
        client.get(address, {"q": question})
    assert sorted(SearchMiss.objects.values_list("query", "count")) == [("火 星", 1), ("火星", 2)]


def test_similar_topics_of_the_same_build_come_first(client: Client, member: Member) -> None:
    open_topic("相机闪退怎么办", build="3.5.7")
    open_topic("相机闪退", build="3.6")
    open_topic("桌面卡顿")
    indexing.index_due()
    client.force_login(member, backend="community.members.signed_in.Backend")
    asked = {"title": "拍照时相机闪退", "build": "3.5.7"}
    html = client.get(reverse("forum:similar"), asked).content.decode()
    assert html.index("怎么办") < html.index("3.6")
    assert "桌面" not in html


def test_it_costs_the_same_however_much_is_found(member: Member) -> None:
    client, asked = signed_in(member), []
    addresses = ["/forum/search/?q=相机", "/forum/similar/?title=相机"]
    addresses += ["/api/v1/search/?q=相机", "/api/v1/suggestions/?q=相"]
    for number in range(3):
        open_topic("相机", author=make_member(f"相机{number}"))
        indexing.index_due()
        asked.append([queries_for(client, address) for address in addresses])
    assert asked[2] == asked[0]
    assert max(asked[0]) <= 14
