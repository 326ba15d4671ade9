"""How far one has read, where one returns to, and how one likes to read."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.forum.domain.posting import open_topic
from community.forum.domain.reading import mark_read
from community.forum.models import Board, Post, ReadMark, Topic
from community.members.models import Member, Relation
from community.notices.models import Notice
from community.notices.queries import unread_count
from tests.community.members.making import make_member, signed_in
from tests.community.notices import making as notices

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def long_topic(count: int = 45, author: Member | None = None) -> Topic:
    board = Board.objects.get(slug="chat")
    topic = open_topic(board=board, title="长长的主题", body="1", author=None, at=NOW)
    posts = [
        Post(topic=topic, number=n, body=str(n), author=author, created_at=NOW)
        for n in range(2, count + 1)
    ]
    Post.objects.bulk_create(posts)
    Topic.objects.filter(pk=topic.pk).update(post_count=count)
    topic.refresh_from_db()
    return topic


def mark(member: Member, topic: Topic) -> tuple[int, int]:
    found = ReadMark.objects.get(member=member, topic=topic)
    return found.last_read, found.place


def tell(client: Client, topic: Topic, **numbers: object) -> int:
    return client.post(reverse("forum:mark_read", args=[topic.pk]), numbers).status_code


def test_what_was_read_is_never_taken_back() -> None:
    member, topic = make_member(), long_topic()
    for last_read, place, expected in ((30, 25, (30, 25)), (12, 3, (30, 3)), (99, 99, (45, 45))):
        mark_read(member_id=member.pk, topic_id=topic.pk, last_read=last_read, place=place, at=NOW)
        assert mark(member, topic) == expected


@pytest.mark.parametrize("numbers", [{}, {"last_read": "x", "place": 1}, {"last_read": 1}])
def test_what_is_no_number_marks_nothing(numbers: dict[str, object]) -> None:
    assert tell(signed_in(make_member()), long_topic(2), **numbers) == 400
    assert not ReadMark.objects.exists()


def test_one_returns_to_where_one_left() -> None:
    member, topic = make_member(), long_topic()
    client = signed_in(member)
    assert tell(client, topic, last_read=24, place=23) == 204
    page = client.get(topic.get_absolute_url()).text
    assert f'href="{topic.get_absolute_url()}?page=2#post-25">To the first unread post' in page
    assert f'href="{topic.get_absolute_url()}?page=2#post-23">Where you left' in page
    row = client.get("/forum/chat/").text
    assert f'href="{topic.get_absolute_url()}?page=2#post-23">长长的主题' in row
    assert f'href="{topic.get_absolute_url()}?page=2#post-25">21 new posts' in row


def test_without_script_a_button_marks_what_a_page_shows() -> None:
    member, topic = make_member(), long_topic()
    client, address = signed_in(member), reverse("forum:mark_read", args=[topic.pk])
    page = client.get(f"{topic.get_absolute_url()}?page=2").text
    assert 'form="read-mark" name="shown" value="40"' in page
    assert client.post(address, {"shown": "40"}).url == f"{topic.get_absolute_url()}?page=2#post-40"
    assert mark(member, topic) == (40, 40)
    assert "<noscript>" not in Client().get(topic.get_absolute_url()).text


def test_reading_a_topic_reads_what_was_told_about_it() -> None:
    member, topic = make_member(), long_topic(2)
    for about in (topic.pk, topic.pk + 1):
        notices.tell(member, kind="forum.post", about=f"topic:{about}", source=f"/{about}")
    client = signed_in(member)
    client.get(topic.get_absolute_url())
    assert unread_count(member) == 2
    tell(client, topic, last_read=1, place=1)
    assert [n.about for n in Notice.objects.unread()] == [f"topic:{topic.pk + 1}"]


@pytest.mark.parametrize("page", ["1", "2", "3"])
def test_every_page_holds_its_numbers(client: Client, page: str) -> None:
    text = client.get(f"{long_topic().get_absolute_url()}?page={page}").text
    first = int(page) * 20 - 19
    last = min(first + 19, 45)
    for number, there in ((first - 1, False), (first, True), (last, True), (last + 1, False)):
        assert (f'id="post-{number}"' in text) is there


def test_visitors_and_members_choose_how_to_read(client: Client) -> None:
    topic, member = long_topic(), make_member()
    chosen = {"reading": "continuous", "next": topic.get_absolute_url()}
    for browser in (client, signed_in(member)):
        address = reverse("forum:choose_reading")
        assert 'id="more"' not in browser.get(topic.get_absolute_url()).text
        assert browser.post(address, chosen).url == topic.get_absolute_url()
        assert 'hx-get="?page=2"' in browser.get(topic.get_absolute_url()).text
        assert browser.post(address, {"reading": "backwards"}).status_code == 400
        assert browser.post(address, chosen | {"next": "//evil.example/"}).url == "/forum/"
    assert 'id="more"' in signed_in(member).get(topic.get_absolute_url()).text


def test_who_one_does_not_hear_is_folded() -> None:
    member, noisy = make_member(), make_member()
    topic = long_topic(2, noisy)
    Relation.objects.create(member=member, other=noisy, kind="ignores", since_at=NOW)
    assert '<details class="folded">' in signed_in(member).get(topic.get_absolute_url()).text
    assert 'class="folded"' not in signed_in(make_member()).get(topic.get_absolute_url()).text


def test_the_pulse_of_a_topic_is_one_answer_for_all(client: Client) -> None:
    topic = long_topic(22)
    topic.posts.filter(number=21).update(reaction_counts={"thanks": 3})
    topic.posts.filter(number=22).update(reaction_counts={"thanks": 1}, hidden_at=NOW)
    answer = client.get(reverse("forum:pulse", args=[topic.pk]), {"page": "2"})
    assert answer.json() == {"posts": 22, "me_too": 0, "reactions": {"21": {"thanks": 3}}}
    assert "s-maxage" in answer.headers["Cache-Control"]
    page = client.get(topic.get_absolute_url()).text
    assert 'data-credentials="omit"' in page
    assert 'data-known="22"' in page
    Board.objects.update(readers=Board.Readers.MEMBERS)
    assert client.get(reverse("forum:pulse", args=[topic.pk])).status_code == 404
    page = signed_in(make_member()).get(topic.get_absolute_url()).text
    assert 'data-credentials="same-origin"' in page
