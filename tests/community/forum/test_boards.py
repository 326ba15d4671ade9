"""Every site begins with the same boards."""

import pytest

from community.forum.domain.boards import ensure_boards
from community.forum.models import Board

pytestmark = pytest.mark.django_db


def test_the_boards_are_there_after_migrating() -> None:
    slugs = Board.objects.order_by("position").values_list("slug", flat=True)
    assert list(slugs) == ["ideas", "bugs", "releases", "experience", "help", "chat"]


def test_what_was_changed_stays_and_what_is_missing_comes_back() -> None:
    Board.objects.filter(slug="chat").update(name="Tea room")
    Board.objects.filter(slug="help").delete()
    ensure_boards()
    assert Board.objects.get(slug="chat").name == "Tea room"
    assert Board.objects.get(slug="help").name_zh == "求助"


@pytest.mark.parametrize(("language", "name"), [("en", "Releases"), ("zh-hans", "产品发布")])
def test_a_board_speaks_the_readers_language(language: str, name: str) -> None:
    from django.utils.translation import override

    with override(language):
        assert str(Board.objects.get(slug="releases")) == name
