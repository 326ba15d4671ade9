"""A discount is taken back by two people, never by one, and the wish stays on record."""

from copy import deepcopy

import pytest
from django.db import DatabaseError, connection

from awards.popcorn.domain import award, overrides
from awards.popcorn.domain.award import AwardRefused
from awards.popcorn.domain.overrides import pattern_key
from awards.popcorn.models import Award, DiscountOverride
from tests.awards.popcorn.making import AWARD, TALLIED, manager_of, pushed_week
from tests.community.builds.making import MINUTE, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made_pushed(stage: None) -> Award:
    return pushed_week()


@pytest.fixture
def pushed(made_pushed: Award, db: None) -> Award:
    return deepcopy(made_pushed)


def strongest(award: Award) -> int:
    """The pattern that made ballots lighter."""
    return award.discounts.values_list("pattern", flat=True).distinct().get()


def asked(pushed: Award) -> DiscountOverride:
    key = pattern_key(pushed.result["blocks"][strongest(pushed)])
    manager = manager_of(pushed.build)
    return overrides.ask(award=pushed, pattern=key, reason=" A class. ", by=manager, at=TALLIED)


def test_asking_alone_changes_nothing(pushed: Award) -> None:
    assert (asked(pushed).reason, asked(pushed).confirmed_by) == ("A class.", None)
    assert not any(block["is_overridden"] for block in again(pushed).result["blocks"])


def test_what_two_have_confirmed_is_left_out_of_the_next_award(pushed: Award) -> None:
    override = asked(pushed)
    overrides.confirm(override=override, by=manager_of(pushed.build), at=AWARD)
    new = again(pushed)
    assert new.result["blocks"][strongest(pushed)]["is_overridden"]
    assert not new.discounts.filter(pattern=strongest(pushed)).exists()


def test_one_manager_cannot_be_both(pushed: Award) -> None:
    override = asked(pushed)
    with pytest.raises(AwardRefused, match="another manager"):
        overrides.confirm(override=override, by=override.asked_by, at=AWARD)


def test_confirming_twice_is_confirming_once(pushed: Award) -> None:
    override, second = asked(pushed), manager_of(pushed.build)
    overrides.confirm(override=override, by=second, at=AWARD)
    third = overrides.confirm(override=override, by=manager_of(pushed.build), at=AWARD + MINUTE)
    assert (third.confirmed_by, third.confirmed_at) == (second, AWARD)


def test_what_was_asked_stays_as_it_was_asked(pushed: Award) -> None:
    first = asked(pushed)
    assert asked(pushed) == first
    assert DiscountOverride.objects.count() == 1


def test_a_pattern_has_to_be_one_of_the_awards(pushed: Award) -> None:
    with pytest.raises(AwardRefused, match="no such pattern"):
        overrides.ask(
            award=pushed, pattern="loved:1 loved:2 -", reason="x", by=make_member(), at=TALLIED
        )


def test_a_wish_needs_a_reason(pushed: Award) -> None:
    key = pattern_key(pushed.result["blocks"][0])
    with pytest.raises(AwardRefused, match="Say why"):
        overrides.ask(award=pushed, pattern=key, reason=" ", by=make_member(), at=TALLIED)


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("SET confirmed_by_id = asked_by_id, confirmed_at = asked_at", "takes_two"),
        ("SET confirmed_at = asked_at", "confirmed_at_a_moment"),
        ("SET reason = 'another'", "Cannot update"),
    ],
)
def test_the_database_wants_two_people_too(pushed: Award, statement: str, refusal: str) -> None:
    asked(pushed)
    with pytest.raises(DatabaseError, match=refusal), connection.cursor() as cursor:
        cursor.execute(f"UPDATE popcorn_discountoverride {statement}")


def test_what_was_confirmed_stays(pushed: Award) -> None:
    overrides.confirm(override=asked(pushed), by=manager_of(pushed.build), at=AWARD)
    with pytest.raises(DatabaseError, match="Cannot update"), connection.cursor() as cursor:
        cursor.execute("UPDATE popcorn_discountoverride SET confirmed_by_id = NULL")


def test_no_wish_is_deleted(pushed: Award) -> None:
    with pytest.raises(DatabaseError, match="Cannot delete"):
        asked(pushed).delete()


def again(old: Award) -> Award:
    return award.correct(
        build_id=old.build_id, corrects=1, reason="Again", by=make_member(), at=AWARD
    )
