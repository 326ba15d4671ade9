"""What staff see of a week: of the whole site, or of a moderator's own boards."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.forum.domain import misses
from community.forum.models import Board, Topic
from community.members.domain import active_days
from community.members.models import ActiveDay, Member
from tests.community.members.making import make_member, signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HOUR = timedelta(hours=1)
API = "/api/v1/staff/figures/"


def opened(board: str, *, replied_after: timedelta | None = None, **fields: Any) -> Topic:
    return Topic.objects.create(
        **{
            "board": Board.objects.get(slug=board),
            "title": "It hangs",
            "kind": Topic.Kind.BUG,
            "author": make_member(),
            "created_at": NOW - 2 * HOUR,
            "last_post_at": NOW,
            "post_count": 1,
            "replied_at": NOW - 2 * HOUR + replied_after if replied_after else None,
        }
        | fields
    )


def figures(who: Member, query: str = "") -> Any:
    return signed_in(who).get(API + query).json()


def test_the_wait_is_the_median_of_what_was_replied_to() -> None:
    for hours in (1, 2, 30):
        opened("bugs", replied_after=hours * HOUR)
    opened("bugs")
    answering = figures(make_member(is_superuser=True))["answering"]
    assert answering == {
        "opened": 4,
        "replied": 3,
        "replied_within_a_day": 2,
        "median_wait_hours": 2.0,
    }


def test_nobody_waits_for_an_answer_to_an_announcement() -> None:
    opened("releases", kind=Topic.Kind.ANNOUNCEMENT, author=None)
    assert figures(make_member(is_superuser=True))["answering"]["opened"] == 0


def test_moderators_see_their_boards_and_nothing_of_the_site() -> None:
    moderator = make_member()
    Board.objects.get(slug="bugs").moderators.add(moderator)
    opened("bugs")
    opened("help")
    misses.record(question="相机", on=active_days.day_of(NOW))
    seen = figures(moderator)
    assert [(row["board"], row["unanswered"]) for row in seen["boards"]] == [("bugs", 1)]
    assert seen["searches_without_a_result"] is None
    assert {day["active_members"] for day in seen["days"]} == {None}
    assert signed_in(moderator).get(API, {"board": "help"}).status_code == 404
    assert "相机" not in signed_in(moderator).get("/staff/").content.decode()


def test_the_page_leads_to_what_was_searched_in_vain() -> None:
    misses.record(question="相机 闪退", on=active_days.day_of(NOW))
    page = signed_in(make_member(is_superuser=True)).get("/staff/?period=quarter").content.decode()
    assert 'href="/forum/search/?q=%E7%9B%B8%E6%9C%BA%20%E9%97%AA%E9%80%80"' in page


def test_neither_days_nor_boards_cost_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(make_member(is_superuser=True))
    for board, days in (("bugs", 1), ("help", 60), ("chat", 80)):
        opened(board, created_at=NOW - timedelta(days=days))
        client.get("/staff/")
        with django_assert_num_queries(12):
            client.get("/staff/?period=quarter")


def test_an_unknown_period_is_no_page(client: Client) -> None:
    client.force_login(
        make_member(is_superuser=True), backend="community.members.signed_in.Backend"
    )
    assert client.get("/staff/?period=century").status_code == 404
    assert ActiveDay.objects.count() == 1
