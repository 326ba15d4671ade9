"""Editing: every version kept, and everything undone by its author for a while."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError

from community.forum.domain.editing import (
    edit_post,
    put_back,
    restore_version,
    withdraw,
)
from community.forum.domain.posting import open_topic, reply
from community.forum.models import Board, Post, PostVersion, Topic
from tests.community.members.making import AT, make_member

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def post() -> Post:
    board = Board.objects.get(slug="chat")
    opened = open_topic(board=board, title="标题", body="一", author=make_member(), at=AT)
    return opened.posts.get()


def test_each_edit_adds_a_version_and_restoring_is_one_too(post: Post) -> None:
    edit_post(post=post, body="二", at=LATER)
    edit_post(post=post, body="二", at=LATER)
    first = post.versions.get(number=1)
    restore_version(version=first, by=make_member(), at=LATER)
    versions = post.versions.order_by("number").values_list("number", "body", "written_at")
    assert list(versions) == [(1, "一", AT), (2, "二", LATER), (3, "一", LATER)]
    assert Post.objects.get(pk=post.pk).body == "一"


def test_what_was_said_is_never_written_over(post: Post) -> None:
    edit_post(post=post, body="二", at=LATER)
    with pytest.raises(ProgrammingError, match="forum_postversion"):
        PostVersion.objects.update(body="三")


def test_a_withdrawn_reply_no_longer_lifts_its_topic_and_comes_back(post: Post) -> None:
    answer = reply(topic=post.topic, author=None, body="x", submission_key=None, at=LATER)
    withdraw(post=answer, at=LATER)
    assert (Topic.objects.get().last_post_at, Post.objects.visible().count()) == (AT, 1)
    put_back(post=answer)
    assert (Topic.objects.get().last_post_at, Post.objects.visible().count()) == (LATER, 2)


def test_a_topic_goes_with_its_first_post_unless_somebody_replied(post: Post) -> None:
    withdraw(post=post, at=LATER)
    assert not Topic.objects.visible().exists()
    put_back(post=post)
    assert Topic.objects.visible().exists()
    reply(topic=post.topic, author=None, body="x", submission_key=None, at=LATER)
    withdraw(post=post, at=LATER)
    assert Topic.objects.visible().exists()
