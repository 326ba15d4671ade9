"""The change list while it is open."""

from decimal import Decimal

import pytest

from community.builds.domain import features, week
from community.builds.domain.features import Change
from community.builds.domain.refusals import ChangeListFrozen, Invalid, WrongState
from community.builds.models import Build
from tests.community.builds.making import (
    FREEZE,
    State,
    add_feature,
    make_build,
    make_draft,
    make_engineer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def build() -> Build:
    build = make_draft(changes=0)
    for title in "ABC":
        add_feature(build, title=title)
    return build


def titles(build):
    return "".join(build.features.order_by("position").values_list("title", flat=True))


def test_a_change_is_added_at_the_end_or_in_between(build):
    features.add_feature(build_id=build.pk, change=Change(title="  D  "))
    features.add_feature(build_id=build.pk, change=Change(title="E"), position=2)
    assert titles(build) == "AEBCD"


def test_a_change_says_what_it_is(build):
    change = Change(
        title="Dual\nclock", area=" Clock ", kind="fix", body=" Two. ", references=("#7",)
    )
    feature = build.features.get(title="A")
    features.edit_feature(feature=feature, change=change)
    feature.refresh_from_db()
    assert (feature.title, feature.area, feature.kind) == ("Dual clock", "Clock", "fix")
    assert (feature.body, feature.references) == ("Two.", ["#7"])


@pytest.mark.parametrize(
    ("change", "field"), [(Change(title=" "), "title"), (Change(title="A", kind="joke"), "kind")]
)
def test_a_change_that_says_nothing_is_refused(build, change, field):
    with pytest.raises(Invalid) as refusal:
        features.add_feature(build_id=build.pk, change=change)
    assert refusal.value.field == field


def test_a_list_has_an_end(build, monkeypatch):
    monkeypatch.setattr(features, "MOST_FEATURES", 3)
    with pytest.raises(Invalid, match="at most 3"):
        features.add_feature(build_id=build.pk, change=Change(title="D"))


def test_a_removed_change_can_be_put_back(build):
    feature = build.features.get(title="B")
    engineer = make_engineer("Zoe")
    features.set_credits(feature=feature, shares={engineer.pk: None})
    removed = features.remove_feature(feature=feature)
    assert titles(build) == "AC"
    back = features.put_back(removed=removed)
    assert titles(build) == "ABC"
    assert back.credits.get().engineer == engineer


@pytest.mark.parametrize(
    ("title", "by", "order"), [("C", -2, "CAB"), ("A", 1, "BAC"), ("A", -1, "ABC"), ("C", 1, "ABC")]
)
def test_a_change_moves_among_the_others(build, title, by, order):
    features.move(feature=build.features.get(title=title), by=by)
    assert titles(build) == order


def test_an_order_names_every_change_once(build):
    first, *_others = build.features.values_list("pk", flat=True)
    with pytest.raises(Invalid, match="changed meanwhile"):
        features.reorder(build_id=build.pk, feature_ids=[first])


@pytest.mark.parametrize("people", range(1, 51))
def test_equal_shares_sum_to_one(people):
    shares = features.equal_shares(people)
    assert len(shares) == people
    assert sum(shares) == 1
    assert max(shares) - min(shares) <= features.SMALLEST_SHARE


def sign(build, *shares):
    feature = build.features.get(title="A")
    people = [make_engineer(f"Engineer {number}").pk for number in range(len(shares))]
    given = [None if share is None else Decimal(share) for share in shares]
    features.set_credits(feature=feature, shares=dict(zip(people, given, strict=True)))
    return list(feature.credits.order_by("pk").values_list("share", flat=True))


def test_credits_are_replaced_as_a_whole(build):
    assert sign(build, "0.7", "0.3") == [Decimal("0.7"), Decimal("0.3")]
    assert sign(build, None, None, None) == features.equal_shares(3)
    assert sign(build) == []


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        (("0.7", "0.2"), "sum to 0.9"),
        (("0.7", None), "Give every engineer a share"),
        (("1.5", "-0.5"), "more than 0"),
    ],
)
def test_shares_that_do_not_sum_to_one_are_refused(build, shares, sentence):
    with pytest.raises(Invalid, match=sentence):
        sign(build, *shares)
    assert not build.features.get(title="A").credits.exists()


def test_a_frozen_list_stands_and_says_how_to_open_it():
    build = make_build(State.SCHEDULED)
    week.freeze(build_id=build.pk, at=FREEZE)
    with pytest.raises(ChangeListFrozen, match="Take the build back to draft"):
        features.add_feature(build_id=build.pk, change=Change(title="D"))


def test_a_published_list_stands():
    build = make_build()
    with pytest.raises(WrongState, match="gone out already"):
        features.set_credits(feature=build.features.first(), shares={})
