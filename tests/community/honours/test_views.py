"""Levels, their history, and leaderboards: the same for everybody, ties as ties, opt-out kept."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from community.honours.domain.experience import grant
from community.honours.domain.experience import reverse as take_back
from community.honours.domain.ranking import rank
from community.honours.models import Medal, MedalGrant, MedalStage, Place
from community.members.models import Audience, Member
from tests.community.members.making import AT, make_member, queries_for, signed_in

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(hours=1)


def earn(member: Member, times: int, at=AT) -> None:
    for number in range(times):
        source = f"topic:{at:%m%d}{number}"
        assert grant(rule="bug", member_id=member.pk, source=source, at=at)


def placed(board: str = "week", region: str = "") -> list[tuple[int, str, int]]:
    places = Place.objects.filter(board=board, region=region).order_by("pk")
    return [(row.place, row.member.username, row.experience) for row in places]


@pytest.fixture
def leaders() -> list[Member]:
    members = [make_member(name, display_name=name) for name in ("ada", "bob", "cem")]
    for member, times in zip(members, (2, 2, 1), strict=True):
        earn(member, times)
    return members


def test_the_same_experience_is_the_same_place(leaders: list[Member]) -> None:
    assert [rank(at=NOW), rank(at=NOW)] == [6, 6]
    assert placed() == placed("all") == [(1, "ada", 20), (1, "bob", 20), (3, "cem", 10)]


def test_a_board_begins_with_its_week(leaders: list[Member]) -> None:
    earn(leaders[2], 1, at=AT - timedelta(days=7))
    take_back(rule="bug", member_id=leaders[0].pk, source=f"topic:{AT:%m%d}0", at=AT)
    rank(at=NOW)
    assert placed() == [(1, "bob", 20), (2, "ada", 10), (2, "cem", 10)]
    assert placed("all") == [(1, "bob", 20), (1, "cem", 20), (3, "ada", 10)]


def test_who_opts_out_is_gone_at_once_and_for_good(client: Client, leaders: list[Member]) -> None:
    rank(at=NOW)
    Member.objects.filter(username="ada").update(is_ranked=False)
    assert ">ada<" not in str(client.get(reverse("honours:leaderboards")).content)
    rank(at=NOW)
    assert placed() == [(1, "bob", 20), (2, "cem", 10)]


def test_a_region_ranks_those_who_show_theirs(client: Client, leaders: list[Member]) -> None:
    Member.objects.update(region="深圳")
    Member.objects.filter(username="ada").update(region_seen_by=Audience.MEMBERS)
    rank(at=NOW)
    assert placed("region", "深圳") == [(1, "bob", 20), (2, "cem", 10)]
    page = client.get(reverse("honours:leaderboards"), {"board": "all", "region": "深圳"})
    assert page.status_code == 200


@pytest.mark.parametrize("asked", [{"board": "x"}, {"board": "week", "region": "深圳"}])
def test_there_are_no_other_boards(client: Client, asked: dict[str, str]) -> None:
    assert client.get(reverse("honours:leaderboards"), asked).status_code == 404
    name = asked.pop("board")
    assert client.get(reverse("api_leaderboard", args=[name]), asked).status_code == 404


def test_pages_cost_the_same_at_any_length() -> None:
    member = make_member()
    client, asked = signed_in(member), []
    names = ("honours:leaderboards", "honours:history", "honours:levels")
    names += ("honours:medals", "api_experience", "api_medal_list")
    addresses = [reverse(name) for name in names]
    addresses.append(reverse("api_leaderboard", args=["week"]))
    addresses.append(reverse("api_medals_of_member", args=[member.username]))
    for times in (1, 2):
        for number in range(times):
            earn(member if times == 1 else make_member(), 1)
            earn(member, 1, at=AT + timedelta(days=2 * times + number))
            medal = Medal.objects.create(slug=f"m{times}{number}", name="x", name_zh="x")
            stage = MedalStage.objects.create(medal=medal)
            MedalGrant.objects.create(member=member, stage=stage, granted_at=AT)
        rank(at=NOW)
        asked.append([queries_for(client, address) for address in addresses])
    assert asked[0] == asked[1]


def test_my_history_says_why() -> None:
    member = make_member()
    earn(member, 1)
    take_back(rule="bug", member_id=member.pk, source=f"topic:{AT:%m%d}0", at=NOW)
    page = signed_in(member).get(reverse("honours:history")).content.decode()
    assert page.count("A bug you reported was fixed") == 2
    assert "taken back" in page
    rows = signed_in(member).get(reverse("api_experience")).json()["results"]
    assert [row["amount"] for row in rows] == [-10, 10]
