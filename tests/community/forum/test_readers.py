"""Who may read which board: its pages, its topics, and every list they would stand in."""

import pytest
from django.test import Client
from django.utils import timezone

from community.forum import permissions
from community.forum.domain.posting import open_topic
from community.forum.models import Board, Topic
from community.members.models import Member
from tests.community.members.making import make_member, signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()
# Visitor, member, moderator of the board, staff.
ALLOWED = {
    Board.Readers.EVERYBODY: (True, True, True, True),
    Board.Readers.MEMBERS: (False, True, True, True),
    Board.Readers.STAFF: (False, False, True, True),
}


def topic_for(readers: str, author: Member | None = None) -> Topic:
    board = Board.objects.get(slug="chat")
    board.readers = readers
    board.save(update_fields=["readers"])
    return open_topic(board=board, title="内部消息", body="嘘", author=author, at=NOW)


def readers_of(topic: Topic) -> tuple[Client, ...]:
    moderator = make_member()
    topic.board.moderators.add(moderator)
    staff = make_member(is_staff=True)
    return (Client(), *map(signed_in, (make_member(), moderator, staff)))


@pytest.mark.parametrize("readers", ALLOWED)
def test_what_one_may_not_read_is_not_there(readers: str) -> None:
    author = make_member()
    topic = topic_for(readers, author)
    post = topic.posts.get()
    for client, allowed in zip(readers_of(topic), ALLOWED[readers], strict=True):
        for address in (topic.get_absolute_url(), "/forum/chat/", f"/forum/posts/{post.pk}/"):
            assert (client.get(address).status_code == 404) is not allowed, address
        for address in ("/forum/", f"/members/{author.username}/"):
            assert ("内部消息" in client.get(address).text) is allowed, address
        is_public = readers == Board.Readers.EVERYBODY
        assert ("内部消息" in client.get("/").text) is is_public


@pytest.mark.parametrize(("field", "status"), [("held_at", 200), ("hidden_at", 404)])
def test_a_held_topic_is_there_for_its_author(field: str, status: int) -> None:
    author = make_member()
    topic = topic_for(Board.Readers.EVERYBODY, author)
    Topic.objects.update(**{field: NOW})
    assert signed_in(author).get(topic.get_absolute_url()).status_code == status
    assert Client().get(topic.get_absolute_url()).status_code == 404


def test_a_post_out_of_sight_keeps_its_words_from_others() -> None:
    author = make_member()
    topic = topic_for(Board.Readers.EVERYBODY, author)
    for field, words, own in (
        ("hidden_at", "was hidden by a moderator", False),
        ("held_at", "waits for approval", True),
        ("withdrawn_at", "was taken back by its author", True),
    ):
        topic.posts.update(hidden_at=None, held_at=None, withdrawn_at=None)
        topic.posts.update(**{field: NOW})
        page = Client().get(topic.get_absolute_url()).text
        assert words in page
        assert "嘘" not in page
        assert ("嘘" in signed_in(author).get(topic.get_absolute_url()).text) is own


def test_a_merged_topic_leads_to_where_its_posts_went() -> None:
    first, second = (topic_for(Board.Readers.EVERYBODY) for _ in range(2))
    Topic.objects.filter(pk=first.pk).update(merged_into=second)
    answer = Client().get(first.get_absolute_url())
    # Not for ever: a merge can be undone.
    assert (answer.status_code, answer.headers["Location"]) == (302, second.get_absolute_url())


def test_levels_decide_who_opens_and_who_replies() -> None:
    topic = topic_for(Board.Readers.EVERYBODY)
    topic.board.level_to_open, topic.board.level_to_reply = 2, 1
    low, high, moderator = make_member(), make_member(), make_member()
    low.level, high.level = 1, 2
    topic.board.moderators.add(moderator)
    may_open = [permissions.may_open_topic(m, topic.board, NOW) for m in (low, high, moderator)]
    assert may_open == [False, True, True]
    assert permissions.may_reply(low, topic, NOW)
    assert not permissions.may_reply(make_member(), topic, NOW)


def test_a_timer_closes_a_topic() -> None:
    topic, member = topic_for(Board.Readers.EVERYBODY), make_member()
    assert permissions.may_reply(member, topic, NOW)
    topic.locks_at = NOW
    assert not permissions.may_reply(member, topic, NOW)
