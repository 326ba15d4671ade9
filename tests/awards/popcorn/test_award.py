"""The life of an award: computed once, announced or withheld, corrected without forgetting."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import Settings

from awards.popcorn.domain import award
from awards.popcorn.domain.award import AwardRefused
from awards.popcorn.models import Award, PseudonymKey
from community.builds.models import Build
from community.forum.models import Topic
from tests.awards.popcorn.making import (
    AWARD,
    TALLIED,
    awarded_week,
    bundle_of,
    closed_week,
    feature_ids,
    keep_knobs,
    manager_of,
    open_week,
)
from tests.community.builds.making import MINUTE, State, make_build
from tests.feedback.reports.making import close, put, vote

pytestmark = pytest.mark.django_db
Kill = Callable[[Build], bytes]


@pytest.fixture
def kill(monkeypatch: pytest.MonkeyPatch) -> Kill:
    """Kills a computation just before it is committed; gives the file that was lost."""

    def run(build: Build) -> bytes:
        lost, store = [], award.store

        def stored_and_killed(*args: Any, **fields: Any) -> None:
            lost.append(bundle_of(store(*args, **fields)))
            raise SystemExit

        with monkeypatch.context() as patch:
            patch.setattr(award, "store", stored_and_killed)
            with pytest.raises(SystemExit):
                award.compute(build_id=build.pk, at=TALLIED)
        return lost[0]

    return run


def correct(old: Award, *, reason: str = "A credit was wrong.") -> Award:
    return award.correct(
        build_id=old.build_id,
        corrects=old.revision,
        reason=reason,
        by=manager_of(old.build),
        at=AWARD + MINUTE,
    )


def pseudonyms(award: Award) -> set[bytes]:
    return set(re.findall(rb'"pseudonym":"([0-9a-f]{32})"', bundle_of(award)))


def test_an_award_is_computed_once(computed: Award) -> None:
    again = award.compute(build_id=computed.build_id, at=AWARD)
    assert (again, again.computed_at) == (computed, TALLIED)


def test_it_has_a_bucket_winners_and_places(computed: Award) -> None:
    assert computed.ballot_count == 120
    assert [bucket.feature.title for bucket in computed.buckets.all()] == ["Call recording"]
    assert {place.engineer.name for place in computed.places.all()} == {"林浩", "Mei", "Raj", "Zoe"}
    assert computed.places.filter(is_winner=True).exists()


@pytest.mark.parametrize("state", [State.PUBLISHED, State.RECALLED])
def test_ballots_that_are_not_closed_give_no_award(state: State) -> None:
    with pytest.raises(AwardRefused, match="not closed"):
        award.compute(build_id=(build := make_build(state)).pk, at=TALLIED)
    assert not PseudonymKey.objects.filter(build=build).exists()


def test_ballots_that_are_not_counted_give_no_award() -> None:
    with pytest.raises(AwardRefused, match="not counted"):
        award.compute(build_id=make_build(State.CLOSED).pk, at=TALLIED)


def test_no_ballots_are_a_valid_result() -> None:
    awarded = awarded_week(ballots=0)
    assert (awarded.ballot_count, awarded.discounted_weight) == (0, 0)
    assert not awarded.buckets.exists()
    assert not awarded.places.filter(place__isnull=False).exists()
    assert "not enough votes" in awarded.topic.posts.get().body


def test_a_change_that_nobody_named_is_no_obstacle() -> None:
    build = open_week()
    put([vote(build, loved=feature_ids(build)[:1]) for _ in range(40)], verified=0)
    close(build)
    computed = award.compute(build_id=build.pk, at=TALLIED)
    assert [row["verdicts"] for row in computed.result["features"]] == [
        [0, 0, 0, 40],
        *[[0] * 4] * 3,
    ]


def test_a_run_that_is_killed_gives_the_same_bytes_when_done_again(kill: Kill) -> None:
    build = closed_week()
    lost = kill(build)
    assert not Award.objects.filter(build=build).exists()
    assert bundle_of(award.compute(build_id=build.pk, at=AWARD)) == lost


def test_without_the_kept_key_the_bytes_would_differ(kill: Kill) -> None:
    build = closed_week()
    lost = kill(build)
    PseudonymKey.objects.all().delete()
    assert bundle_of(award.compute(build_id=build.pk, at=AWARD)) != lost


def test_announcing_opens_one_topic_and_destroys_the_key(computed: Award) -> None:
    for _ in range(2):
        announced = award.announce(build_id=computed.build_id, at=AWARD)
    announced.build.refresh_from_db()
    assert (announced.state, announced.announced_at) == (Award.State.ANNOUNCED, AWARD)
    assert announced.build.state == State.AWARDED
    assert Topic.objects.filter(title__contains="Popcorn Award").count() == 1
    assert not PseudonymKey.objects.exists()


@pytest.fixture
def awarded(computed: Award) -> Award:
    """The award the others wait with, out."""
    return award.announce(build_id=computed.build_id, at=AWARD)


def test_computing_what_is_out_leaves_no_new_key(awarded: Award) -> None:
    award.compute(build_id=awarded.build_id, at=AWARD)
    assert not PseudonymKey.objects.exists()


def test_an_award_that_does_not_exist_is_not_announced() -> None:
    with pytest.raises(AwardRefused, match="no award"):
        award.announce(build_id=closed_week(ballots=0).pk, at=AWARD)


def test_what_is_withheld_waits_for_a_manager(computed: Award) -> None:
    build = computed.build
    manager = manager_of(build)
    award.withhold(build_id=build.pk, reason=" A credit is disputed. ", by=manager)
    by_the_clock = award.announce(build_id=build.pk, at=AWARD)
    assert (by_the_clock.state, by_the_clock.state_reason) == ("withheld", "A credit is disputed.")
    by_hand = award.announce(build_id=build.pk, at=AWARD, by=manager)
    assert (by_hand.state, by_hand.state_reason, by_hand.decided_by) == ("announced", "", manager)


def test_withholding_needs_a_reason(computed: Award) -> None:
    build = computed.build
    with pytest.raises(AwardRefused, match="Say why"):
        award.withhold(build_id=build.pk, reason="  ", by=manager_of(build))


def test_what_is_out_is_not_withheld(awarded: Award) -> None:
    build = awarded.build
    with pytest.raises(AwardRefused, match="Correct it instead"):
        award.withhold(build_id=build.pk, reason="Too late", by=manager_of(build))


def test_a_correction_replaces_what_is_out_and_keeps_it(awarded: Award) -> None:
    new = correct(awarded)
    awarded.refresh_from_db()
    assert (awarded.state, new.state, new.revision) == ("announced", "announced", 2)
    assert list(Award.objects.announced()) == [new]
    assert f'"corrects":"{bytes(awarded.digest).hex()}"'.encode() in bundle_of(new)
    assert new.topic != awarded.topic
    assert not PseudonymKey.objects.exists()


def test_a_correction_has_other_pseudonyms_once_the_key_is_destroyed(awarded: Award) -> None:
    new = correct(awarded)
    assert pseudonyms(awarded).isdisjoint(pseudonyms(new))


def test_a_correction_before_the_hour_waits_with_the_same_pseudonyms(computed: Award) -> None:
    new = correct(computed)
    assert (new.state, new.announced_at) == ("computed", None)
    assert pseudonyms(computed) == pseudonyms(new)


def test_a_correction_of_what_is_withheld_stays_withheld(computed: Award) -> None:
    award.withhold(build_id=computed.build_id, reason="Disputed.", by=manager_of(computed.build))
    new = correct(computed)
    assert (new.state, new.state_reason) == ("withheld", "Disputed.")


def test_the_same_correction_twice_is_one(awarded: Award) -> None:
    assert correct(awarded) == correct(awarded)
    assert Award.objects.count() == 2


def test_a_correction_of_what_somebody_else_corrected_is_refused(awarded: Award) -> None:
    correct(awarded, reason="First")
    with pytest.raises(AwardRefused, match="meanwhile"):
        correct(awarded, reason="Second")


def test_contradictory_settings_are_refused_in_a_sentence() -> None:
    build = closed_week(ballots=1)
    keep_knobs(build, shrinkage="0.00")
    with pytest.raises(AwardRefused, match="shrinkage"):
        award.compute(build_id=build.pk, at=TALLIED)


def test_without_the_sites_key_nothing_is_computed(settings: Settings) -> None:
    settings.AWARD_SIGNING_KEY = "not a key"
    with pytest.raises(AwardRefused, match="AWARD_SIGNING_KEY"):
        award.compute(build_id=closed_week(ballots=1).pk, at=TALLIED)
