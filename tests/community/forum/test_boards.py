"""Every site begins with the same boards."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from community.forum import urls
from community.forum.domain.boards import ensure_boards
from community.forum.models import Board
from community.forum.models.boards import FIXED_ADDRESSES

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


def test_no_board_is_called_like_a_page() -> None:
    """A new page under /forum/ has its word in FIXED_ADDRESSES."""
    routes = (str(pattern.pattern) for pattern in urls.urlpatterns)
    fixed = {found[1] for route in routes if (found := re.match(r"forum/([a-z-]+)/", route))}
    assert fixed <= set(FIXED_ADDRESSES)
    with pytest.raises(ValidationError, match="has this address already"):
        Board(slug="new", name="New", name_zh="新", stage="chat").full_clean()
    with pytest.raises(IntegrityError, match="board_slug_is_free"), transaction.atomic():
        Board.objects.filter(slug="chat").update(slug="unread")
