"""The ledger: given once, capped, taken back exactly, and levels that follow in the same moment."""

from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from community.honours.domain import experience
from community.honours.domain.experience import bring_along, grant, grant_all, reverse
from community.honours.models import LEVELS, Balance, Entry, Rule
from community.members.models import Member
from tests.community.members.making import AT, make_member
from tests.racing import at_once

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def give(member: Member, source: str = "topic:1", rule: str = "bug") -> bool:
    return grant(rule=rule, member_id=member.pk, source=source, at=AT)


def take(member: Member, source: str = "topic:1") -> bool:
    return reverse(rule="bug", member_id=member.pk, source=source, at=AT + DAY)


def has(member: Member) -> tuple[int, int]:
    """Experience and level."""
    member.refresh_from_db()
    own = Balance.objects.filter(member=member).values_list("experience", flat=True).first()
    return own or 0, member.level


def test_a_source_gives_once_and_is_taken_back_once() -> None:
    member = make_member()
    assert [give(member), give(member), has(member)] == [True, False, (10, 0)]
    assert [take(member), take(member), has(member)] == [True, False, (0, 0)]
    assert not give(member)


def test_a_day_has_its_cap() -> None:
    member = make_member()
    assert [give(member, f"topic:{n}") for n in range(7)] == [True] * 5 + [False] * 2
    assert grant(rule="bug", member_id=member.pk, source="topic:6", at=AT + DAY)


def test_what_was_given_by_an_older_version_stays() -> None:
    member = make_member()
    give(member)
    Rule.objects.create(name="bug", version=2, amount=15, daily_cap=60, starts_at=AT)
    give(member, "topic:2")
    assert has(member)[0] == 25
    assert list(Entry.objects.order_by("pk").values_list("version", flat=True)) == [1, 2]


@pytest.mark.parametrize("level", range(5))
def test_levels_begin_where_they_say(level: int) -> None:
    Rule.objects.create(name="x", version=1, amount=LEVELS[level] - 1, starts_at=AT)
    Rule.objects.create(name="y", version=1, amount=1, starts_at=AT)
    member = make_member()
    assert [give(member, rule="x"), has(member)[1]] == [True, level]
    assert [give(member, rule="y"), has(member)[1]] == [True, level + 1]


def test_many_are_given_in_one_statement() -> None:
    members = [make_member() for _number in range(3)]
    give(members[0], "build:1", "ballot")
    everybody = Member.objects.all()
    given = [
        grant_all(rule="ballot", source="build:1", members=everybody, at=AT) for _again in range(2)
    ]
    assert given == [2, 0]
    assert [has(member)[0] for member in members] == [5, 5, 5]


def test_levels_from_elsewhere_get_the_experience_they_begin_with() -> None:
    member = make_member()
    Member.objects.update(level=3)
    assert [bring_along(at=AT), bring_along(at=AT)] == [1, 0]
    assert has(member) == (500, 3)
    give(member)
    assert has(member) == (510, 3)


@pytest.mark.parametrize(
    "change", ["UPDATE honours_entry SET amount = 1", "DELETE FROM honours_entry"]
)
def test_nothing_that_was_written_changes(change: str) -> None:
    give(make_member())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


# --- races ------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_given_and_taken_back_once_however_many_try() -> None:
    member = make_member()
    Rule.objects.get_or_create(
        name="bug", version=1, defaults={"amount": 10, "daily_cap": 50, "starts_at": AT}
    )
    assert [sum(at_once(*[lambda: give(member)] * 4)), has(member)[0]] == [1, 10]
    assert [sum(at_once(*[lambda: take(member)] * 4)), has(member)[0]] == [1, 0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_guarded", [True, False])
def test_a_cap_holds_when_deeds_meet(is_guarded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    member = make_member()
    Rule.objects.all().delete()
    Rule.objects.create(name="bug", version=1, amount=10, daily_cap=10, starts_at=AT)
    if not is_guarded:  # the control: all have looked before one writes
        looked = Barrier(4)
        is_capped = experience._is_capped

        def slowly(*arguments: object) -> bool:
            capped = is_capped(*arguments)
            looked.wait()
            return capped

        monkeypatch.setattr(experience, "_one_at_a_time", lambda _member: None)
        monkeypatch.setattr(experience, "_is_capped", slowly)
    sources = iter(range(4))
    passed = at_once(*[lambda: give(member, f"topic:{next(sources)}")] * 4)
    assert sum(passed) == (1 if is_guarded else 4)
