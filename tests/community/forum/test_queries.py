"""A board page by page: every topic once, in order, whatever moves meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from community.forum.domain.posting import open_topic
from community.forum.models import Board, Topic
from community.forum.queries import boards as queries

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Board:
    monkeypatch.setattr(queries, "TOPICS_A_PAGE", 2)
    board = Board.objects.get(slug="chat")
    for number in range(5):
        # Two of them in the same instant: the order is still one.
        at = AT + timedelta(hours=number // 2)
        open_topic(board=board, title=f"t{number}", body="x", author=None, at=at)
    return board


def pages(board: Board) -> list[list[str]]:
    found, before = [], ""
    while True:
        page = queries.topics_of_board(board, before)
        found.append([topic.title for topic in (*page.pinned, *page.topics)])
        before = page.older
        if not before:
            return found


def test_every_topic_stands_on_one_page(board: Board) -> None:
    assert pages(board) == [["t4", "t3"], ["t2", "t1"], ["t0"]]


def test_pinned_topics_stand_first_and_only_there(board: Board) -> None:
    Topic.objects.filter(title="t0").update(is_pinned=True)
    assert pages(board) == [["t0", "t4", "t3"], ["t2", "t1"]]


def test_hidden_topics_stand_nowhere(board: Board) -> None:
    Topic.objects.filter(title="t3").update(hidden_at=AT)
    assert pages(board) == [["t4", "t2"], ["t1", "t0"]]


@pytest.mark.parametrize("cursor", ["x", "2026-11-20~1", "2026-11-20T00:00:00~1", "~", "~1"])
def test_a_cursor_nobody_gave_is_the_first_page(board: Board, cursor: str) -> None:
    assert [topic.title for topic in queries.topics_of_board(board, cursor).topics] == ["t4", "t3"]


def test_boards_name_the_topic_that_was_talked_in_last(board: Board) -> None:
    Topic.objects.filter(title="t4").update(hidden_at=AT)
    last = {found.slug: topic for found, topic in queries.boards_with_last_topic(AnonymousUser())}
    assert str(last["chat"]) == "t3"
    assert last["help"] is None
