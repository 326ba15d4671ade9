"""Rounds and votes on pages and by REST; duplicates while one types; a round answered at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from community.builds.models import Build
from community.forum.models import Topic
from community.forum.tasks import index_posts
from community.members.domain.tokens import create_token
from community.members.models import Member
from feedback.proposals.domain import create_proposal
from feedback.proposals.models import Proposal, Vote
from feedback.proposals.queries.lists import on_ballot
from tests.community.builds.making import State, make_build, make_product
from tests.community.members.making import make_member, queries_for, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager() -> Member:
    return make_member()


@pytest.fixture
def build(manager: Member) -> Build:
    """Its round is open today."""
    release_on = timezone.now().date() + timedelta(days=9)
    product = make_product(managers=(manager,))
    return make_build(State.SCHEDULED, product, release_on=release_on)


def wish(build: Build, title: str = "通话自动录音", **said: Any) -> Proposal:
    return create_proposal(product=build.product, title=title, at=timezone.now(), **said)


def test_votes_are_put_and_taken_back_on_the_page(build: Build) -> None:
    proposal, client = wish(build), signed_in(make_member())
    url = f"/wishes/{proposal.pk}/vote/"
    for votes, left in (("2", 2), ("2", 2), ("1", 1), ("0", 0), ("9", 0), ("x", 0)):
        client.post(url, {"build": build.slug, "votes": votes})
        assert Vote.objects.count() == left


@pytest.mark.parametrize(("scope", "status"), [("ballots", 200), ("read", 403)])
def test_votes_by_rest_are_a_number_and_need_the_scope(
    client: Client, build: Build, scope: str, status: int
) -> None:
    proposal, member, now = wish(build), make_member(), timezone.now()
    _token, key = create_token(
        member=member, name="x", scopes=["read", scope], expires_at=now + timedelta(days=1), at=now
    )
    sent = {
        "data": {"build": build.slug, "votes": 2},
        "content_type": "application/json",
        "headers": {"authorization": f"Bearer {key}"},
    }
    answers = [client.put(f"/api/v1/proposals/{proposal.pk}/votes/", **sent) for _twice in "12"]
    assert [answer.status_code for answer in answers] == [status] * 2
    if status == 200:
        assert answers[1].json() == {"budget": 2, "spent": 2, "left": 0, "here": 2}
        (row,) = client.get("/api/v1/wish-rounds/", headers=sent["headers"]).json()
        assert (row["build"], row["purse"]["left"]) == (build.slug, 0)


def test_a_refusal_by_rest_has_its_code(build: Build) -> None:
    one, other, client = (
        wish(build, "一个心愿"),
        wish(build, "又一个心愿"),
        signed_in(make_member()),
    )
    sent = {"data": {"build": build.slug, "votes": 2}, "content_type": "application/json"}
    client.put(f"/api/v1/proposals/{one.pk}/votes/", **sent)
    refused = client.put(f"/api/v1/proposals/{other.pk}/votes/", **sent)
    assert (refused.status_code, refused.json()["code"]) == (409, "budget_spent")


def test_a_duplicate_shows_while_typing_that_of_the_same_area_and_device_first(
    build: Build,
) -> None:
    wish(build, "自动录音存成文字", area="电话", device="Mini")
    wish(build, "自动录音")
    wish(build, "桌面换肤")
    index_posts()
    asked = {"title": "通话自动录音", "area": "电话", "device": "mini"}
    page = signed_in(make_member()).get("/wishes/similar/", asked).content.decode()
    assert page.index("自动录音存成文字") < page.index(">自动录音<")
    assert "桌面换肤" not in page


def test_a_round_is_answered_at_once_and_who_needs_a_reason_says_so(
    manager: Member, build: Build
) -> None:
    wishes, client = [wish(build, f"心愿之{n}") for n in range(2)], signed_in(manager)
    url = f"/wishes/decide/{build.slug}/"
    chosen = {"wish": [one.pk for one in wishes]}
    refused = client.post(url, chosen | {"status": "declined"})
    assert "Say why" in refused.content.decode()
    assert client.post(url, chosen | {"status": "accepted"}).status_code == 302
    assert set(Proposal.objects.values_list("status", "accepted_for")) == {("accepted", build.pk)}
    said = wishes[0].changes.order_by("pk").last()
    assert said
    assert (said.by, said.build) == (manager, build.version)


@pytest.mark.parametrize(
    "page",
    [
        "/plan/",
        "/wishes/decide/{build}/",
        "/wishes/similar/?title=心愿",
        "/wishes/{wish}/merge/",
        "/api/v1/proposals/",
    ],
)
def test_more_wishes_cost_no_more_queries(manager: Member, build: Build, page: str) -> None:
    client, url, counts = signed_in(manager), "", []
    for n in range(4):  # a wish may be merged with one other, then three
        one = wish(build, f"心愿又{n}", author=make_member())
        url = url or page.format(build=build.slug, wish=one.pk)
        counts.append(queries_for(client, url))
    assert len(set(counts)) == 1, counts


def test_what_a_moderator_hides_is_gone_everywhere(client: Client, build: Build) -> None:
    proposal = wish(build)
    Topic.objects.filter(proposal=proposal).update(hidden_at=timezone.now())
    for url in (proposal.get_absolute_url(), f"/api/v1/proposals/{proposal.pk}/"):
        assert client.get(url).status_code == 404
    assert str(proposal) not in client.get("/wishes/").content.decode()
    assert not on_ballot(build)


def test_the_same_submission_is_one_wish(build: Build) -> None:
    client = signed_in(make_member())
    sent = {
        "product": build.product_id,
        "title": "通话自动录音",
        "submission_key": "7b0f8c1e-0000-4000-8000-000000000001",
    }
    assert client.post("/wishes/new/", sent).url == client.post("/wishes/new/", sent).url
    assert Proposal.objects.count() == 1


def test_more_rounds_cost_no_more_queries(build: Build) -> None:
    client, url = signed_in(make_member()), "/api/v1/wish-rounds/"
    with_one = queries_for(client, url)
    for _more in range(2):
        make_build(State.SCHEDULED, make_product(), release_on=build.release_on)
    assert len(client.get(url).json()) == 3
    assert queries_for(client, url) == with_one
