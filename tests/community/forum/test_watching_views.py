"""Watching and bookmarking from the pages."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from community.forum.domain import bookmarks, posting
from community.forum.models import Board, Bookmark, Topic, Watch
from community.forum.queries.watching import level_of
from community.members.models import Member
from tests.community.builds.making import make_member
from tests.community.notices.making import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei() -> Member:
    return make_member("mei")


@pytest.fixture
def page(client: Client, mei: Member) -> Client:
    client.force_login(mei, backend="community.members.signed_in.Backend")
    return client


@pytest.fixture
def topic() -> Topic:
    board = Board.objects.get(slug="bugs")
    return posting.open_topic(board=board, title="It hangs", body="Often.", author=None, at=NOW)


@pytest.mark.parametrize("name", ["topic", "tag", "board"])
def test_a_level_is_chosen_on_the_page_it_is_about(
    page: Client, mei: Member, topic: Topic, name: str
) -> None:
    tag = topic.tags.create(name="相机", folded="相机")
    what = {"topic": topic, "tag": tag, "board": topic.board}[name]
    assert "Normal</summary>" in page.get(what.get_absolute_url()).content.decode()
    page.post(reverse("forum:watch", args=[name, what.pk]), {"level": "3"})
    assert level_of(mei, what) == Watch.Level.WATCHING
    assert "Watching</summary>" in page.get(what.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("name", "level"), [("post", "3"), ("topic", "4"), ("topic", ""), ("tag", "1")]
)
def test_what_is_not_there_is_not_watched(
    page: Client, topic: Topic, name: str, level: str
) -> None:
    answer = page.post(reverse("forum:watch", args=[name, topic.pk]), {"level": level})
    assert answer.status_code == 404


def test_a_topic_one_may_not_read_is_not_watched(page: Client, topic: Topic) -> None:
    Board.objects.update(readers=Board.Readers.STAFF)
    for name, what in (("topic", topic), ("board", topic.board)):
        answer = page.post(reverse("forum:watch", args=[name, what.pk]), {"level": "3"})
        assert answer.status_code == 404


def test_a_bookmark_is_kept_changed_and_dropped(page: Client, mei: Member, topic: Topic) -> None:
    address = reverse("forum:bookmark", args=[topic.posts.get().pk])
    page.post(address, {"note": "Try <again>", "remind_at": "2030-01-01T09:00"})
    assert "Try &lt;again&gt;" in page.get("/bookmarks/").content.decode()
    assert page.post(address, {"remind_at": "2020-01-01T09:00"}).status_code == 200
    page.post(address, {"note": "", "remind_at": ""})
    assert Bookmark.objects.get(member=mei).remind_at is None
    page.post(address, {"drop": "1"})
    assert not Bookmark.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_bookmarks_costs_the_same_however_long(
    page: Client, mei: Member, topic: Topic, count: int, django_assert_num_queries: Any
) -> None:
    for n in range(count):
        post = posting.reply(
            topic=topic, author=make_member(), body=f"{n}", submission_key=None, at=NOW
        )
        bookmarks.keep(member=mei, post=post, note="", remind_at=None, at=NOW)
    page.get("/bookmarks/")
    with django_assert_num_queries(2):
        assert len(page.get("/bookmarks/").context["list"].bookmarks) == count
