"""Moderation: out of sight, counted right, and back."""

from datetime import UTC, datetime, timedelta

import pytest

from community.forum.domain.counting import recount
from community.forum.domain.moderation import hide_post, set_locked, show_post
from community.forum.domain.posting import open_topic, reply
from community.forum.models import Board, Post, Topic

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
LATER = AT + timedelta(hours=1)


@pytest.fixture
def topic() -> Topic:
    board = Board.objects.get(slug="chat")
    opened = open_topic(board=board, title="标题", body="正文", author=None, at=AT)
    reply(topic=opened, author=None, body="reply", submission_key=None, at=LATER)
    return opened


def test_a_hidden_reply_keeps_its_number_and_no_longer_lifts_the_topic(topic: Topic) -> None:
    hide_post(post=topic.posts.get(number=2), at=LATER)
    topic.refresh_from_db()
    assert (topic.post_count, topic.last_post_at, topic.hidden_at) == (2, AT, None)
    assert topic.posts.visible().count() == 1


def test_hiding_the_first_post_hides_the_topic_and_showing_it_brings_it_back(topic: Topic) -> None:
    first = topic.posts.get(number=1)
    hide_post(post=first, at=LATER)
    assert not Topic.objects.visible().exists()
    show_post(post=first, at=LATER)
    assert Topic.objects.visible().exists()
    assert Post.objects.visible().count() == 2


def test_lock_and_unlock(topic: Topic) -> None:
    for is_locked in (True, False):
        set_locked(topic=topic, is_locked=is_locked, at=LATER)
        assert Topic.objects.get().is_locked is is_locked


def test_counters_are_rebuilt_from_the_posts_and_twice_is_the_same(topic: Topic) -> None:
    Topic.objects.update(post_count=99, last_post_at=AT - timedelta(days=9))
    for _ in range(2):
        recount([topic.pk])
        topic.refresh_from_db()
        assert (topic.post_count, topic.last_post_at) == (2, LATER)
