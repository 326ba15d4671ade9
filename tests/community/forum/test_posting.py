"""Posting: every post once, with a number of its own."""

from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError

from community.forum.domain import posting
from community.forum.domain.moderation import set_locked
from community.forum.models import Board, Post, Topic
from community.members.domain.accounts import create_member
from community.members.models import Member
from tests.racing import at_once

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
NAMES = ("阿大", "阿二", "阿三", "阿四", "阿五", "阿六", "阿七", "阿八")


def member(number: int = 0) -> Member:
    return create_member(username=f"member{number}", display_name=NAMES[number], at=AT)


def topic(author: Member | None = None) -> Topic:
    board = Board.objects.get(slug="chat")
    return posting.open_topic(board=board, title="标题", body="正文", author=author, at=AT)


def reply(to: Topic, author: Member | None, **fields: object) -> Post:
    fields = {"body": "hello", "submission_key": uuid4(), "at": AT} | fields
    return posting.reply(topic=to, author=author, **fields)


@pytest.mark.django_db
def test_a_topic_opens_with_its_first_post() -> None:
    opened = topic()
    post = opened.posts.get()
    assert (opened.post_count, opened.last_post_at) == (1, AT)
    assert (post.number, post.body, post.author) == (1, "正文", None)


@pytest.mark.django_db
def test_a_reply_takes_the_next_number_and_moves_the_topic_up() -> None:
    opened, later = topic(), AT + timedelta(hours=1)
    assert reply(opened, member(), at=later).number == 2
    opened.refresh_from_db()
    assert (opened.post_count, opened.last_post_at) == (2, later)


@pytest.mark.django_db
def test_a_submission_sent_twice_is_one_post() -> None:
    opened, author, key = topic(), member(), uuid4()
    first = reply(opened, author, submission_key=key)
    assert reply(opened, author, submission_key=key) == first
    assert reply(opened, member(1), submission_key=key) != first


@pytest.mark.django_db
def test_a_topic_sent_twice_is_one_topic() -> None:
    sent = {
        "board": Board.objects.get(slug="chat"),
        "title": "标题",
        "body": "正文",
        "author": member(),
        "at": AT,
        "submission_key": uuid4(),
    }
    assert posting.open_topic(**sent) == posting.open_topic(**sent)
    assert Topic.objects.count() == 1


@pytest.mark.django_db
def test_nobody_replies_to_a_locked_topic() -> None:
    opened = topic()
    set_locked(topic=opened, is_locked=True, at=AT)
    with pytest.raises(posting.TopicLocked):
        reply(opened, member())


@pytest.mark.django_db
def test_posting_too_fast_is_refused_until_some_time_has_passed() -> None:
    opened, author, key = topic(), member(), uuid4()
    for _ in range(posting.MOST_POSTS - 1):
        reply(opened, author)
    last = reply(opened, author, submission_key=key)
    with pytest.raises(posting.PostingTooFast):
        reply(opened, author)
    assert reply(opened, author, submission_key=key) == last
    assert reply(opened, author, at=AT + posting.MOST_POSTS_WITHIN)
    assert reply(opened, member(1))


@pytest.mark.django_db
def test_an_edited_post_says_so() -> None:
    post = topic().posts.get()
    posting.edit_post(post=post, body="改好了", at=AT + timedelta(minutes=5))
    post.refresh_from_db()
    assert (post.body, post.edited_at) == ("改好了", AT + timedelta(minutes=5))


@pytest.mark.django_db
def test_a_broken_rule_of_the_database_is_not_taken_for_a_doubled_submit() -> None:
    with pytest.raises(IntegrityError):
        reply(topic(), member(), body="")


@pytest.mark.django_db(transaction=True)
def test_parallel_replies_are_numbered_without_a_gap() -> None:
    opened, authors = topic(), [member(n) for n in range(8)]
    at_once(*[lambda author=author: reply(opened, author) for author in authors])
    opened.refresh_from_db()
    assert sorted(opened.posts.values_list("number", flat=True)) == list(range(1, 10))
    assert opened.post_count == 9


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_parallel_replies_collide(monkeypatch: pytest.MonkeyPatch) -> None:
    opened, authors = topic(), [member(n) for n in range(8)]
    together = Barrier(len(authors))

    def without_lock(queryset: object) -> object:
        together.wait()
        return queryset

    monkeypatch.setattr(type(Topic.objects.all()), "select_for_update", without_lock)
    answers = at_once(
        *[lambda author=author: reply(opened, author) for author in authors],
        refusals=(IntegrityError,),
    )
    assert any(isinstance(answer, IntegrityError) for answer in answers)


@pytest.mark.django_db(transaction=True)
def test_a_doubled_click_in_parallel_is_one_post() -> None:
    opened, author, key = topic(), member(), uuid4()
    answers = at_once(*[lambda: reply(opened, author, submission_key=key)] * 8)
    assert len(set(answers)) == 1
    assert opened.posts.filter(author=author).count() == 1
