"""The forum in the administration."""

import pytest
from django.test import Client
from django.urls import reverse

from community.forum.domain.posting import open_topic
from community.forum.models import Board, Topic
from tests.community.members.making import AT, make_member, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    return signed_in(make_member("chief", is_staff=True, is_superuser=True))


def test_a_topic_is_pinned_here(admin: Client) -> None:
    board = Board.objects.get(slug="chat")
    topic = open_topic(board=board, title="标题", body="x", author=None, at=AT)
    assert admin.get(reverse("admin:forum_topic_changelist")).status_code == 200
    form = {"title": "标题", "board": board.pk, "is_pinned": "on"}
    admin.post(reverse("admin:forum_topic_change", args=[topic.pk]), form)
    assert Topic.objects.get().is_pinned
    assert admin.get(reverse("admin:forum_topic_add")).status_code == 403


def test_moderators_are_named_here(admin: Client) -> None:
    board = Board.objects.get(slug="chat")
    assert admin.get(reverse("admin:forum_board_changelist")).status_code == 200
    assert admin.get(reverse("admin:forum_board_change", args=[board.pk])).status_code == 200
