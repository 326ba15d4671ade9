"""The knobs of the award: what a preview says is what a build opened with them gets."""

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pgtrigger
import pytest
from django.db import transaction
from django.test import Client
from rest_framework.test import APIClient

from awards.popcorn import previews
from awards.popcorn.domain import award, knobs, trying
from awards.popcorn.domain.trying import keep_missing, read, trial
from awards.popcorn.models import Award, AwardSums
from awards.popcorn.previews import of_knobs
from awards.popcorn.sections import AWARD
from community.builds.domain.refusals import Invalid
from community.builds.domain.settings import change, standing
from community.builds.models import Build, BuildSettings, InstalledShare, Product, SettingsChange
from community.builds.sections import Question, Values
from feedback.fourgrid.domain import installed_base
from tests.awards.popcorn.making import (
    TALLIED,
    as_kept,
    awarded_week,
    closed_week,
    judgements,
    keep_knobs,
    manager_of,
    open_week,
)
from tests.community.builds.making import AWARD as HOUR
from tests.community.builds.making import make_member, make_product
from tests.feedback.reports.making import close, put

pytestmark = pytest.mark.django_db
OTHER = {"shrinkage": "2.00", "joy_points": [0, 10, 90, 100], "floor_votes": 1}


def set_knobs(product: Product, **changed: Any) -> None:
    now = standing(product, AWARD)
    who, values = make_member(), now.values | changed
    change(product=product, section=AWARD, values=values, seen=now.version, by=who, at=HOUR)


def undrawn(result: dict[str, Any]) -> dict[str, Any]:
    """What of a result does not hang on the seed of its draws, which is another for other knobs."""
    drawn = ("_low", "_high", "p_best", "p_best_eligible", "p_reaches_winner")
    rows = [*result["features"], *sorted(result["places"], key=lambda row: row["engineer"])]
    told = {name: result[name] for name in ("ballots", "mean_joy", "feature_strength")}
    return told | {
        "bucket": result["outcome"]["bucket"],
        "rows": [
            {name: value for name, value in row.items() if not name.endswith(drawn)}
            | {"place": row.get("place") is None, "is_winner": "", "is_hidden_kernel": ""}
            for row in rows
        ],
    }


def of_families(*families: str) -> Build:
    """A closed build with ten ballots for each time a family is named."""
    build = open_week()
    ballots = list(judgements(build, 10 * len(families)))
    for place, ballot in enumerate(ballots):
        ballot.family = families[place // 10]
    put(ballots, verified=0)
    close(build)
    build.refresh_from_db()
    return build


def test_what_a_build_went_out_with_is_the_same_to_the_last_digit() -> None:
    award = awarded_week(ballots=60)
    seen = as_kept(trial(award.build).judged())
    assert seen == {name: award.result[name] for name in seen}


def test_sums_tell_what_the_ballots_would() -> None:
    """With any installed base: families are folded after they were added up."""
    build = of_families("Mi 4", "Mi 4", "Mi 4", "Mi 5", "Mi 5", "Toaster")
    award.compute(build_id=build.pk, at=TALLIED)
    kept = trial(build)
    again = replace(kept, voters=read(build))
    for shares in ({}, {"Mi 4": Decimal(1)}, {"Mi 4": Decimal("0.3"), "Mi 5": Decimal("0.7")}):
        assert as_kept(kept.judged(shares=shares)) == as_kept(again.judged(shares=shares))


def test_sums_of_other_features_are_not_those_of_the_build() -> None:
    old, sums = awarded_week(ballots=20), AwardSums.objects
    with pgtrigger.ignore("popcorn.AwardSums:stays"):
        kept = sums.get()
        sums.update(features=kept.features[::-1], weight=[0] * len(kept.weight))
    seen = as_kept(trial(old.build).judged())
    assert seen == {name: old.result[name] for name in seen}


def test_a_preview_reads_no_ballot(django_assert_max_num_queries: Any) -> None:
    build = awarded_week(ballots=3).build
    with django_assert_max_num_queries(9) as asked:
        trial(build)
    assert not [query for query in asked.captured_queries if "fourgrid_ballot" in query["sql"]]


def test_awards_from_before_get_their_sums() -> None:
    old = awarded_week(ballots=20)
    kept = AwardSums.objects.values().get()
    with pgtrigger.ignore("popcorn.AwardSums:stays"):
        AwardSums.objects.all().delete()
    assert keep_missing() == [old.build_id]
    assert AwardSums.objects.values().get() == kept | {"id": kept["id"] + 1}
    assert keep_missing() == []


def test_an_award_that_contradicts_itself_keeps_none() -> None:
    build = awarded_week(ballots=1).build
    values = knobs.of_build(build) | {"joy_points": [0, 50, 40, 100]}
    with pgtrigger.ignore("popcorn.AwardSums:stays", "builds.BuildSettings:buildsettings_stand"):
        AwardSums.objects.all().delete()
        BuildSettings.objects.filter(build=build, section="award").update(values=values)
    assert keep_missing() == []


def test_nobody_waits_for_many_ballots_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "MOST_READ", 1)
    build = closed_week(ballots=2)
    values = knobs.of_build(build)
    question = Question(product=build.product, build=build, before=values, after=values, at=TALLIED)
    (warning,) = of_knobs(question).warnings
    assert "still being computed" in warning


def test_a_preview_is_what_the_award_becomes() -> None:
    """Whatever the knobs are."""
    build, random = closed_week(ballots=40), Random(1)
    for _n in range(5):
        wanted: Values = knobs.of_build(build) | {
            "joy_points": sorted(random.sample(range(101), 4)),
            "shrinkage": f"{random.randint(1, 2000) / 100:.2f}",
            "floor_votes": random.randint(1, 60),
            "bucket_minimum": random.randint(0, 60),
        }
        seen = as_kept(trial(build).judged(values=wanted))
        with transaction.atomic():
            keep_knobs(build, **wanted)
            real = award.compute(build_id=build.pk, at=TALLIED).result
            transaction.set_rollback(True)
        assert undrawn(seen) == undrawn(real)


def test_another_installed_base_is_tried_as_a_build_would_have_it() -> None:
    shares = {"Mi 5": Decimal("0.9"), "Mi 4": Decimal("0.1")}
    build = of_families("Mi 4", "Mi 4", "Mi 5")
    after = installed_base.values_of(shares)
    question = Question(product=build.product, build=build, before={}, after=after, at=HOUR)
    (ranking,) = (
        table for table in previews.of_installed_base(question).tables if table.name == "ranking"
    )
    scores = {row.label: row.changes[1] for row in ranking.rows}
    InstalledShare.objects.bulk_create(
        InstalledShare(build=build, family=family, share=share) for family, share in shares.items()
    )
    for place in award.compute(build_id=build.pk, at=TALLIED).places.filter(is_shown=True):
        tried = scores.pop(place.engineer.name)
        assert tried.after == float(place.score) != tried.before
    assert not scores


def test_a_knob_reaches_no_build_that_is_out() -> None:
    build = closed_week(ballots=20)
    set_knobs(build.product, **OTHER)
    build.refresh_from_db()
    computed = award.compute(build_id=build.pk, at=TALLIED)
    assert computed.parameters["shrinkage"] == "0.5"
    # The control: without what was kept, the product's new ones would be taken.
    assert knobs.read(build.product)["shrinkage"] == "2.00"


def test_a_correction_is_computed_with_the_knobs_of_the_award() -> None:
    old = awarded_week(ballots=20)
    set_knobs(old.build.product, **OTHER)
    manager = manager_of(old.build)
    new = award.correct(build_id=old.build_id, corrects=1, reason="Credits", by=manager, at=TALLIED)
    assert new.parameters == old.parameters


def test_a_build_keeps_which_change_it_was_opened_with() -> None:
    product = make_product()
    set_knobs(product, **OTHER)
    build = closed_week(ballots=1, product=product)
    kept = BuildSettings.objects.get(build=build, section="award")
    assert (kept.version, kept.values["floor_votes"]) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "knob"),
    [
        ({"joy_points": [0, 50, 40, 100]}, "joy_points"),
        ({"joy_points": [5, 5, 5, 5]}, "joy_points"),
        ({"shrinkage": "0.00"}, "shrinkage"),
        ({"co_winner_at": "1.01"}, "co_winner_at"),
        ({"floor_share": "1.001"}, "floor_share"),
        ({"floor_votes": 0}, "floor_votes"),
    ],
)
def test_knobs_out_of_bounds_are_refused_by_name(changed: dict[str, Any], knob: str) -> None:
    with pytest.raises(Invalid) as refused:
        set_knobs(make_product(), **changed)
    assert refused.value.field == knob
    assert not SettingsChange.objects.exists()


def test_a_manager_looks_before_saving_and_the_award_stays() -> None:
    old = awarded_week(ballots=40, product=make_product(award_bucket_minimum=20))
    client = Client()
    client.force_login(manager_of(old.build))
    address = f"/studio/products/{old.build.product.slug}/award/"
    typed = {"bucket_minimum": 1000, "floor_votes": 1, "floor_share": "1.5", "shrinkage": "0.5"}
    typed |= {"co_winner_at": "30", "loved_most": 100, "loved": 70}
    typed |= {"let_down": 30, "let_down_most": 0, "version": 0}
    seen = client.post(address, typed | {"do": "preview"}).content.decode()
    assert "the bucket would not have been given" in seen
    assert not SettingsChange.objects.exists()
    saved = client.post(address, typed | {"do": "save"}, follow=True).text
    assert "In force from" in saved
    assert "1.5\N{NO-BREAK SPACE}%" in saved
    after = SettingsChange.objects.get().after
    assert (after["bucket_minimum"], after["floor_share"]) == (1000, "0.015")
    assert Award.objects.get().result == old.result


@pytest.mark.parametrize(
    ("changed", "warning"),
    [
        ({"floor_votes": 1000}, "there would have been no winner"),
        ({"joy_points": [0, 50, 40, 100]}, "joy points must rise"),
    ],
)
def test_a_preview_says_why_nobody_would_win(changed: Values, warning: str) -> None:
    build = closed_week(ballots=5)
    now = knobs.of_build(build)
    question = Question(
        product=build.product, build=build, before=now, after=now | changed, at=HOUR
    )
    (told,) = previews.of_knobs(question).warnings
    assert warning in told


def test_programs_set_knobs_within_their_bounds() -> None:
    product = make_product(managers=(make_member("manager"),))
    caller, address = APIClient(), f"/api/v1/products/{product.slug}/award/"
    caller.force_authenticate(product.managers.get())
    now = caller.get(address).data["settings"]

    def put(**changed: Any) -> Any:
        return caller.put(address, now | changed, format="json", headers={"If-Match": '"0"'})

    falling = put(joy_points=[0, 50, 40, 100])
    assert (falling.status_code, "joy_points" in str(falling.data)) == (400, True)
    assert put(shrinkage="2").status_code == 200
    product.refresh_from_db()
    assert knobs.read(product) == now | {"shrinkage": "2.00"}
