"""Medals: granted once for each stage, by rule or by hand, with how rare they are."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.honours import medals, queries
from community.honours.domain import medals as granting
from community.honours.models import Medal, MedalGrant, MedalStage
from community.members.models import Audience, Member
from tests.community.members.making import make_member, signed_in

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def reached() -> Iterator[dict[int, int]]:
    """What a medal of the stages 2 and 5 is told that members have reached."""
    numbers: dict[int, int] = {}

    def said(_at: object) -> medals.Measure:
        rows = ", ".join(f"({member}, {number})" for member, number in numbers.items())
        return f"VALUES {rows}", []

    known = dict(medals._kinds)
    medals._kinds.clear()
    medals.register(
        medals.MedalKind(
            slug="steps",
            name="Steps",
            name_zh="步",
            description="Walk.",
            description_zh="走。",
            icon="star",
            stages=(2, 5),
            reached=said,
        )
    )
    granting.ensure_medals()
    yield numbers
    medals._kinds.clear()
    medals._kinds.update(known)


def held(member: Member) -> list[int]:
    grants = MedalGrant.objects.filter(member=member).order_by("stage__number")
    return list(grants.values_list("stage__number", flat=True))


def test_every_stage_that_was_reached_is_granted_once(reached: dict[int, int]) -> None:
    one, two = make_member(), make_member()
    reached.update({one.pk: 4, two.pk: 9})
    assert granting.grant_due(at=NOW) == 3
    assert granting.grant_due(at=NOW) == 0
    assert (held(one), held(two)) == ([2], [2, 5])


def test_rarity_is_the_share_of_all_members(reached: dict[int, int]) -> None:
    members = [make_member() for _ in range(4)]
    reached.update({members[0].pk: 5, members[1].pk: 2})
    granting.grant_due(at=NOW)
    stages = MedalStage.objects.filter(medal__slug="steps").order_by("number")
    assert [(stage.holders, stage.share) for stage in stages] == [(2, 0.5), (1, 0.25)]


def test_a_medal_by_hand_is_given_once(reached: dict[int, int]) -> None:
    medal = Medal.objects.create(slug="host", name="Host", name_zh="主持")
    stage, admin, member = MedalStage.objects.create(medal=medal), make_member(), make_member()
    assert granting.give(stage=stage, member=member, by=admin, reason="Chengdu", at=NOW)
    assert not granting.give(stage=stage, member=member, by=admin, reason="Again", at=NOW)
    assert MedalGrant.objects.get().reason == "Chengdu"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE honours_medalgrant SET reason = 'x'",
        "UPDATE honours_medalgrant SET ended_at = ended_at - interval '1 day'",
        "DELETE FROM honours_medalgrant",
    ],
)
def test_what_was_granted_is_never_changed(reached: dict[int, int], change: str) -> None:
    reached[make_member().pk] = 2
    granting.grant_due(at=NOW)
    granting.take_back(grant=MedalGrant.objects.get(), by=make_member(), reason="x", at=NOW)
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        connection.cursor().execute(change)


def test_the_wall_shows_the_highest_stage_and_the_rarest_medal_first(
    reached: dict[int, int],
) -> None:
    common, rare = make_member(), make_member()
    reached.update({common.pk: 2, rare.pk: 5})
    granting.grant_due(at=NOW)
    assert [row.stage.number for row in queries.medals_of(rare, NOW)] == [5]


def test_the_profile_shows_medals_to_whom_its_member_lets_see(reached: dict[int, int]) -> None:
    member = make_member()
    reached[member.pk] = 2
    granting.grant_due(at=NOW)
    visitor, address = signed_in(make_member()), f"/api/v1/members/{member.username}/medals/"
    assert "Steps" in visitor.get(f"/members/{member.username}/").content.decode()
    assert [row["medal"] for row in visitor.get(address).json()] == ["steps"]
    Member.objects.filter(pk=member.pk).update(activity_seen_by=Audience.NOBODY)
    assert "Steps" not in visitor.get(f"/members/{member.username}/").content.decode()
    assert visitor.get(address).json() == []
    assert len(signed_in(member).get(address).json()) == 1


def test_medals_cost_no_queries_each(
    reached: dict[int, int], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(3):
        MedalStage.objects.create(
            medal=Medal.objects.create(slug=f"m{n}", name=f"M{n}", name_zh=f"章{n}")
        )
        with django_assert_num_queries(2):
            list(queries.all_medals())
