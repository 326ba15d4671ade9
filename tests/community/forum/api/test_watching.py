"""Watch levels and bookmarks by the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.forum.models import Board, Bookmark
from tests.community.forum.api.making import Caller, a_topic
from tests.community.members.making import make_member

pytestmark = pytest.mark.django_db


def test_what_one_may_read_is_watched_as_closely_as_one_says() -> None:
    topic, mei = a_topic(), Caller(make_member())
    address = f"watches/topic/{topic.pk}/"
    assert mei("PUT", address, {"level": "watching"}) == (200, {"level": "watching"})
    assert mei.get(address) == {"level": "watching"}
    assert mei("PUT", address, {"level": "spying"})[0] == 400
    assert mei("GET", "watches/post/1/")[0] == 404
    Board.objects.filter(pk=topic.board_id).update(readers=Board.Readers.STAFF)
    for hidden in (address, f"watches/board/{topic.board_id}/"):
        assert mei("PUT", hidden, {"level": "watching"})[0] == 404


def test_a_bookmark_is_kept_changed_and_taken_away() -> None:
    now, post, mei = timezone.now(), a_topic().posts.get(), Caller(make_member())
    address, later = f"posts/{post.pk}/bookmark/", (now + timedelta(1)).isoformat()
    assert mei("GET", address)[0] == 404
    assert mei("PUT", address, {"note": "Again"})[1]["note"] == "Again"
    assert mei("PUT", address, {"remind_at": later})[1]["note"] == ""
    assert mei("PUT", address, {"remind_at": now.isoformat()})[0] == 400
    (listed,) = mei.get("bookmarks/")["results"]
    assert (listed["post"], listed["title"]) == (post.pk, "标题")
    assert Caller(make_member()).get("bookmarks/")["results"] == []
    assert mei("DELETE", address)[0] == 204
    assert not Bookmark.objects.exists()
