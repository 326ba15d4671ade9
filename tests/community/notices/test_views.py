"""The bell and the page behind it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from community.notices.domain import reading
from community.notices.models import Notice
from community.notices.queries import NOTICES_A_PAGE, unread_count
from tests.community.builds.making import make_member
from tests.community.notices.making import MINUTE, NOW, tell

pytestmark = pytest.mark.django_db
LIST = "/notices/"


@pytest.fixture
def mei() -> Member:
    return make_member("mei")


@pytest.fixture
def page(client: Client, mei: Member) -> Client:
    client.force_login(mei, backend="community.members.signed_in.Backend")
    return client


def test_the_bell_counts_on_every_page(page: Client, mei: Member) -> None:
    tell(mei)
    assert "Notices, unread: 1" in page.get("/forum/").content.decode()
    assert page.get("/notices/unread/").json() == {"unread": 1}


def test_opening_a_notice_leads_to_its_place_which_says_it_is_read(
    page: Client, mei: Member
) -> None:
    tell(mei, url="/forum/")
    pk = Notice.objects.get().pk
    answer = page.get(reverse("notices:open", args=[pk]))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/forum/")
    assert (unread_count(mei), answer.cookies["opened_notice"].value) == (1, str(pk))
    page.post(reverse("notices:read", args=[pk]))
    assert unread_count(mei) == 0


def test_nobody_opens_the_notices_of_another(page: Client) -> None:
    tell(make_member())
    pk = Notice.objects.get().pk
    assert page.get(f"/notices/{pk}/").status_code == 404
    assert page.post(f"/notices/{pk}/read/").status_code == 404
    assert Notice.objects.unread().exists()


def test_all_of_a_kind_are_read_at_once(page: Client, mei: Member) -> None:
    tell(mei)
    tell(mei, kind="test.watched")
    page.post("/notices/read/", {"kind": "test.watched"})
    assert [notice.kind for notice in Notice.objects.unread()] == ["test.reply"]
    page.post("/notices/read/")
    assert unread_count(mei) == 0


@pytest.mark.parametrize("query", ["kind=test.watched", "unread"])
def test_the_list_is_of_a_kind_or_unread(page: Client, mei: Member, query: str) -> None:
    tell(mei)
    reading.read_all(member=mei, at=NOW)
    tell(mei, kind="test.watched", words={"title": "Louder"})
    text = page.get(f"{LIST}?{query}").content.decode()
    assert "Louder" in text
    assert "It hangs" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(
    page: Client, mei: Member, count: int, django_assert_num_queries: Any
) -> None:
    for n in range(count):
        tell(mei, about=f"topic:{n}", source=f"/{n}", by=make_member().pk)
    page.get(LIST)
    with django_assert_num_queries(2):
        page.get(LIST)


def test_pages_follow_each_other_without_gaps(page: Client, mei: Member) -> None:
    for n in range(NOTICES_A_PAGE + 2):
        title = {"title": f"<{n}>"}
        tell(mei, about=f"topic:{n}", source=f"/{n}", words=title, at=NOW + n // 2 * MINUTE)
    first = page.get(LIST).context["list"]
    second = page.get(f"{LIST}?before={first.older.replace('+', '%2B')}").context["list"]
    titles = [notice.words["title"] for notice in (*first.notices, *second.notices)]
    assert titles == [f"<{n}>" for n in reversed(range(NOTICES_A_PAGE + 2))]
    assert not second.older


@pytest.mark.parametrize(
    "cursor", ["nonsense", "2026-11-20T09:00Z~x", f"2026-11-20T09:00Z~{10**30}"]
)
def test_a_made_up_cursor_is_the_first_page(page: Client, mei: Member, cursor: str) -> None:
    tell(mei)
    assert len(page.get(f"{LIST}?before={cursor}").context["list"].notices) == 1
