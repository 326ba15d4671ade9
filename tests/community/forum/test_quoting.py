"""What notices say of posts that changed since: nothing that is out of the member's sight."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from community.forum.domain import posting
from community.forum.domain.editing import edit_post
from community.forum.models import Board, Post, Topic
from community.forum.tasks import tell_all_untold
from community.members.models import Member
from community.notices.domain.digests import notices_for
from community.notices.models import Notice, Rhythm
from community.notices.tasks import send_all_due
from tests.community.forum.api.making import Caller
from tests.community.members.making import make_member, signed_in
from tests.community.notices.making import DAY

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SECRET = "secret words"


@pytest.fixture
def mei() -> Member:
    return make_member("mei")


def answered(mei: Member, count: int = 1) -> list[Post]:
    """Posts mei was told of, each in a topic of hers."""
    board = Board.objects.get(slug="chat")
    posts = []
    for n in range(count):
        topic = posting.open_topic(board=board, title=f"Topic {n}", body="x", author=mei, at=NOW)
        posts.append(
            posting.reply(
                topic=topic, author=make_member(), body=SECRET, submission_key=None, at=NOW
            )
        )
    tell_all_untold(NOW)
    return posts


def read(member: Member) -> str:
    return signed_in(member).get("/notices/").text


@pytest.mark.parametrize("state", ["hidden_at", "held_at", "withdrawn_at"])
def test_a_post_out_of_sight_is_quoted_nowhere(mei: Member, state: str) -> None:
    (post,) = answered(mei)
    assert SECRET in read(mei)
    Post.objects.filter(pk=post.pk).update(**{state: NOW})
    page = read(mei)
    assert "Topic 0" in page
    assert SECRET not in page
    (told,) = notices_for(Rhythm(member=mei))
    assert told.excerpt == ""
    (by_api,) = Caller(mei).get("notices/")["results"]
    assert by_api["excerpt"] == ""
    send_all_due(NOW + DAY)
    assert SECRET not in mail.outbox[0].body


def test_of_a_topic_out_of_reach_not_even_the_title_is_said(mei: Member) -> None:
    answered(mei)
    Board.objects.filter(slug="chat").update(readers=Board.Readers.STAFF)
    page = read(mei)
    assert (SECRET in page, "Topic 0" in page, "answered you in “…”" in page) == (
        False,
        False,
        True,
    )


def test_an_edited_post_is_quoted_as_it_is_now(mei: Member) -> None:
    (post,) = answered(mei)
    edit_post(post=post, body="other words", at=NOW)
    page = read(mei)
    assert (SECRET in page, "other words" in page) == (False, True)


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_asks_once_what_may_be_said(
    client: Client, mei: Member, count: int, django_assert_num_queries: Any
) -> None:
    answered(mei, count)
    client.force_login(mei, backend="community.members.signed_in.Backend")
    client.get("/notices/")
    with django_assert_num_queries(3):
        client.get("/notices/")
    assert Notice.objects.count() == count == Topic.objects.count()
