"""What the database refuses, whoever asks: an award is computed once and never rewritten."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from awards.popcorn.domain import award as awards
from awards.popcorn.models import Award
from tests.awards.popcorn.making import (
    AWARD,
    awarded_week,
    bundle_of,
    computed_week,
    manager_of,
    pushed_week,
)
from tests.community.builds.making import MINUTE

pytestmark = pytest.mark.django_db

COMPUTED = (
    "build_id = build_id + 1",
    "revision = 9",
    "reason = 'other'",
    "computed_at = now()",
    "result = '{}'",
    "parameters = '{}'",
    "ballot_count = 1",
    "discounted_weight = 0.5",
    "digest = '\\x00'",
    "signature = '\\x00'",
    "public_key = '\\x00'",
    "bundle_size = 1",
)


def refused(sql: str) -> str:
    """What the database says against a statement."""
    with (
        pytest.raises(DatabaseError) as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    return str(refusal.value)


def test_what_was_computed_is_never_changed() -> None:
    computed_week(ballots=5)
    answers = [refused(f"UPDATE popcorn_award SET {change}") for change in COMPUTED]
    assert all("Cannot update" in answer for answer in answers)


def test_what_is_out_stays_out() -> None:
    awarded_week(ballots=5)
    for change in ("state = 'withheld'", "announced_at = NULL", "state_reason = 'x'"):
        assert "Cannot update" in refused(f"UPDATE popcorn_award SET {change}")


def test_no_part_of_an_award_is_changed_or_deleted() -> None:
    pushed_week()
    for table in ("awardplace", "bucketwinner", "bundlepart", "discountedballot", "receiptpage"):
        assert "Cannot delete" in refused(f"DELETE FROM popcorn_{table}").replace("update or ", "")
        assert "update" in refused(f"UPDATE popcorn_{table} SET award_id = award_id")


def test_no_award_is_deleted() -> None:
    computed_week(ballots=5)
    assert "Cannot delete" in refused("DELETE FROM popcorn_award")


def test_a_correction_keeps_the_old_row_byte_for_byte() -> None:
    old = awarded_week()
    row, content = Award.objects.values().get(pk=old.pk), bundle_of(old)
    awards.correct(
        build_id=old.build_id, corrects=1, reason="x", by=manager_of(old.build), at=AWARD + MINUTE
    )
    assert (Award.objects.values().get(pk=old.pk), bundle_of(old)) == (row, content)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"revision": 2, "reason": ""}, "award_correction_has_reason"),
        ({"revision": 0}, "award_correction_has_reason"),
        ({"revision": 1}, "award_revision_once"),
        ({"revision": 2, "reason": "x", "state": "withheld"}, "award_withheld_has_reason"),
        ({"revision": 2, "reason": "x", "state": "announced"}, "award_announced_has_moment"),
        ({"revision": 2, "reason": "x", "discounted_weight": 1}, "award_discount_is_share"),
    ],
)
def test_no_award_is_half(fields: dict[str, object], constraint: str) -> None:
    award = computed_week(ballots=1)
    award.pk = None
    for name, value in fields.items():
        setattr(award, name, value)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        award.save(force_insert=True)


def test_of_a_build_the_newest_announced_revision_holds() -> None:
    old = awarded_week(ballots=5)
    new = awards.correct(
        build_id=old.build_id, corrects=1, reason="x", by=manager_of(old.build), at=AWARD
    )
    assert list(Award.objects.announced()) == list(Award.objects.newest()) == [new]
    assert set(Award.objects.known_to_managers_of([])) == {old, new}


def test_only_a_computed_award_is_due_at_its_hour() -> None:
    award = computed_week(ballots=5)
    assert list(Award.objects.due(AWARD)) == [award]
    assert not Award.objects.due(AWARD - MINUTE).exists()
    awards.withhold(build_id=award.build_id, reason="x", by=manager_of(award.build))
    assert not Award.objects.due(AWARD).exists()


def test_an_award_is_told_by_build_and_revision_and_its_sums_by_the_award() -> None:
    award = awarded_week(ballots=1)
    assert str(award) == f"{award.build_id}.1"
    assert str(award.sums) == str(award.pk)
