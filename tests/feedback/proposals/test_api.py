"""Proposals over the API."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.members.domain.tokens import create_token
from feedback.proposals.api.proposals import NewestFirst
from feedback.proposals.domain import create_proposal
from tests.community.builds.making import DRAFTED, make_product
from tests.community.members.making import make_member, queries_for

pytestmark = pytest.mark.django_db
URL = "/api/v1/proposals/"


def add(count: int, slug: str = "") -> None:
    product = make_product(slug)
    for number in range(count):
        create_proposal(
            product=product,
            title=f"wish {number}",
            area=f"area {number}",
            at=DRAFTED + timedelta(hours=number),
        )


def test_the_fields_everybody_sees(client: Client) -> None:
    add(1, "os")
    (row,) = client.get(URL).json()["results"]
    assert {
        key: value for key, value in row.items() if key not in {"id", "created_at", "topic"}
    } == {
        "product": "os",
        "title": "wish 0",
        "body": "wish 0",
        "area": "area 0",
        "device": "",
        "votes": 0,
        "voters": 0,
        "status": "open",
        "status_reason": "",
    }


def test_newest_first_page_by_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NewestFirst, "page_size", 2)
    add(3)
    first = client.get(URL).json()
    second = client.get(first["next"]).json()
    titles = [row["title"] for row in (*first["results"], *second["results"])]
    assert titles == ["wish 2", "wish 1", "wish 0"]


@pytest.mark.parametrize(
    ("query", "count"),
    [("product=os", 2), ("product=mi", 0), ("area=area 1", 1), ("status=shipped", 0)],
)
def test_filters(client: Client, query: str, count: int) -> None:
    add(2, "os")
    assert len(client.get(f"{URL}?{query}").json()["results"]) == count


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_visitors_only_read(client: Client, method: str) -> None:
    assert getattr(client, method)(URL).status_code in {401, 405}


@pytest.mark.parametrize(("scope", "status"), [("read", 200), ("ballots", 403)])
def test_a_token_needs_the_scope_to_read(client: Client, scope: str, status: int) -> None:
    now = timezone.now()
    _token, key = create_token(
        member=make_member(), name="x", scopes=[scope], expires_at=now + timedelta(days=1), at=now
    )
    assert client.get(URL, headers={"authorization": f"Bearer {key}"}).status_code == status


def test_a_longer_list_costs_no_more_queries(client: Client) -> None:
    add(1)
    with_one = queries_for(client, URL)
    add(2)
    assert queries_for(client, URL) == with_one


def test_no_product_has_a_nul_in_its_address(client: Client) -> None:
    client.force_login(make_member(), backend="community.members.signed_in.Backend")
    body = {"product": "a\0b", "title": "x"}
    answer = client.post(URL, body, content_type="application/json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["product"])
