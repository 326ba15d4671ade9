"""Feeds of boards, tags and topics: what everybody may read, and nothing else."""

from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.forum.domain.posting import open_topic, reply
from community.forum.models import Board, Tag, Topic
from tests.community.members.making import make_member, queries_for

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ATOM = "{http://www.w3.org/2005/Atom}"


def topic_with_reply() -> Topic:
    topic = open_topic(
        board=Board.objects.get(slug="chat"), title="相机", body="**闪退**", author=None, at=NOW
    )
    topic.tags.add(Tag.objects.create(name="相机", folded="相机"))
    reply(topic=topic, author=make_member(), body="我也是", submission_key=None, at=NOW)
    return topic


def addresses(topic: Topic) -> dict[str, str]:
    return {
        "board": reverse("forum:board_feed", args=["chat"]),
        "tag": reverse("forum:tag_feed", args=["相机"]),
        "topic": reverse("forum:topic_feed", args=[topic.pk]),
    }


def titles(client: Client, address: str) -> list[str | None]:
    feed = ET.fromstring(client.get(address).content)
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_each_feed_holds_what_is_new(client: Client) -> None:
    topic = topic_with_reply()
    expected = {"board": ["相机"], "tag": ["相机"], "topic": ["相机 #2", "相机"]}
    for name, address in addresses(topic).items():
        answer = client.get(address)
        assert answer.headers["Content-Type"].startswith("application/atom+xml")
        assert "s-maxage" in answer.headers["Cache-Control"]
        assert "&lt;strong&gt;闪退" in answer.text
        assert titles(client, address) == expected[name]


def test_pages_name_their_feeds(client: Client) -> None:
    topic = topic_with_reply()
    pages = {"board": "/forum/chat/", "tag": "/forum/tags/相机/", "topic": topic.get_absolute_url()}
    for name, address in addresses(topic).items():
        assert f'href="{address}"' in client.get(pages[name]).text


def test_a_board_not_for_everybody_has_no_feed(client: Client) -> None:
    topic = topic_with_reply()
    Board.objects.filter(slug="chat").update(readers=Board.Readers.MEMBERS)
    feeds = addresses(topic)
    assert titles(client, feeds["tag"]) == []
    assert [client.get(feeds[name]).status_code for name in ("board", "topic")] == [404, 404]


def test_what_is_out_of_sight_is_in_no_feed(client: Client) -> None:
    topic = topic_with_reply()
    topic.posts.filter(number=2).update(held_at=NOW)
    assert titles(client, addresses(topic)["topic"]) == ["相机"]


def test_links_lead_to_where_the_site_was_asked(client: Client) -> None:
    topic = topic_with_reply()
    for address in addresses(topic).values():
        feed = ET.fromstring(client.get(address, headers={"host": "localhost:8123"}).content)
        links = [link.attrib["href"] for link in feed.iter(f"{ATOM}link")]
        ids = [str(entry.findtext(f"{ATOM}id")) for entry in feed.iter(f"{ATOM}entry")]
        assert {link.startswith("http://localhost:8123/forum/") for link in links + ids} == {True}


def test_feeds_cost_the_same_however_long(client: Client) -> None:
    topic, chat = topic_with_reply(), Board.objects.get(slug="chat")
    feeds = addresses(topic).values()
    with_one = [queries_for(client, feed) for feed in feeds]
    for _more in range(2):
        other = open_topic(board=chat, title="x", body="x", author=make_member(), at=NOW)
        other.tags.set(topic.tags.all())
        reply(topic=topic, author=make_member(), body="x", submission_key=None, at=NOW)
    assert [queries_for(client, feed) for feed in feeds] == with_one
