"""What an award is computed from: whose ballots, which verdicts, credits, shares and settings."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest

from awards.popcorn.domain.columns import columns
from awards.popcorn.domain.gathering import Gathered, gather
from awards.popcorn.domain.inputs import (
    LEFT_OUT,
    LET_DOWN_MOST,
    LOVED,
    Ballot,
    Credit,
    InputError,
)
from awards.popcorn.domain.segments import fold_segments
from community.builds.domain import engineers
from community.builds.models import Build, Engineer, InstalledShare
from feedback.fourgrid.queries import count_features
from tests.awards.popcorn.making import HOUR, PUBLISH, engineer, feature_ids, open_week
from tests.community.builds.making import make_engineer, make_product
from tests.feedback.reports.making import put, vote

pytestmark = pytest.mark.django_db
KEY = bytes(32)
FIVE = ("An", "Bo", "Cy", "Di", "Ed")


def gathered(build: Build, *, key: bytes = KEY) -> Gathered:
    return gather(build, key=key, code_version="test")


def vote_as(names: tuple[str, ...], build: Build, **cells: list[int]) -> list[Ballot]:
    """The ballots, as they are read, of members who are these engineers."""
    ballots = put([vote(build, **cells) for _ in names], verified=0)
    for name, ballot in zip(names, ballots, strict=True):
        Engineer.objects.filter(name=name).update(member=ballot.member)
    return gathered(build).ballots


def week_of_five() -> tuple[Build, int, int, int]:
    """A build with one change by five engineers and two by others."""
    build = open_week(changes={"Own": FIVE, "Other": ("Flo",), "Third": ("Flo",)})
    own, other, third = feature_ids(build)
    return build, own, other, third


def test_ballots_of_staff_are_left_out_and_counted() -> None:
    build = open_week()
    put([vote(build), vote(build, is_staff=True)], verified=0)
    read = gathered(build)
    assert (len(read.ballots), read.header.staff_ballots) == (1, 1)


def test_a_ballot_tells_age_hour_and_family_and_no_more_of_its_voter() -> None:
    build = open_week()
    ballot = vote(build, family="Mi 5", saved_at=PUBLISH + 2.5 * HOUR)
    ballot.member.date_joined = PUBLISH - timedelta(days=400)
    put([ballot], verified=0)
    [read] = gathered(build).ballots
    assert (read.age_days, read.hour, read.segment, len(read.pseudonym)) == (30, 2, "Mi 5", 32)


def test_pseudonyms_follow_from_the_key_alone() -> None:
    build = open_week()
    put([vote(build)], verified=0)
    one, same, other = (
        gathered(build, key=key).ballots[0].pseudonym for key in (KEY, KEY, bytes(31) + b"1")
    )
    assert one == same != other


def test_each_ballot_has_its_receipt() -> None:
    build = open_week()
    ballots = put([vote(build) for _ in range(3)], verified=0)
    assert set(gathered(build).receipts) == {ballot.receipt for ballot in ballots}


def test_what_follows_a_favourite_of_ones_own_is_not_promoted() -> None:
    build, own, other, third = week_of_five()
    read = vote_as(FIVE, build, loved=[own, other], let_down=[third])
    assert {ballot.loved for ballot in read} == {(LEFT_OUT, other)}
    verdicts = columns(gathered(build).header, read).verdict
    assert set(verdicts.tolist()) == {LOVED, LET_DOWN_MOST}


def test_verdicts_on_ones_own_work_are_counted() -> None:
    build, own, other, _third = week_of_five()
    vote_as(FIVE, build, loved=[own, other])
    assert gathered(build).header.own_verdicts == 5


def test_a_verdict_on_ones_own_work_further_down_leaves_no_gap() -> None:
    build, own, other, third = week_of_five()
    [*_, ballot] = vote_as(FIVE, build, let_down=[other, own, third])
    assert ballot.let_down == (other, third)


def test_where_nothing_else_stands_no_gap_is_left() -> None:
    build, own, _other, _third = week_of_five()
    [*_, ballot] = vote_as(FIVE, build, loved=[own])
    assert ballot.loved == ()


def test_fewer_than_five_gaps_are_not_shown_for_they_would_name_the_voter() -> None:
    build, own, other, third = week_of_five()
    read = vote_as(FIVE[:4], build, loved=[own, other], let_down=[third])
    assert {(ballot.loved, ballot.let_down) for ballot in read} == {((other,), (third,))}
    assert gathered(build).header.own_verdicts == 4


@pytest.mark.parametrize("voters", [1, 5])
def test_the_tally_counts_no_verdict_more_than_the_award(voters: int) -> None:
    """Else the one less the other would be what a known engineer voted."""
    build, own, other, third = week_of_five()
    read = vote_as(FIVE[:voters], build, loved=[own, other], let_down=[third])
    loved = Counter(feature for ballot in read for feature in ballot.loved if feature)
    let_down = Counter(feature for ballot in read for feature in ballot.let_down if feature)
    counted = {row.feature_id: (row.loves, row.let_downs) for row in count_features(build.pk)}
    assert counted == {pk: (loved[pk], let_down[pk]) for pk in (own, other, third)}


def test_work_signed_under_a_merged_name_is_ones_own_too() -> None:
    build = open_week(changes={"Own": ("M.", "Flo"), "Other": ("Flo",)})
    engineers.merge(engineer=engineer("M."), into=make_engineer("Mei"))
    [ballot] = vote_as(("Mei",), build, let_down=[feature_ids(build)[0]])
    assert ballot.let_down == ()


def test_two_credits_of_one_person_are_one() -> None:
    build = open_week(changes={"Own": ("M.", "Mei", "Flo", "Raj")})
    engineers.merge(engineer=engineer("M."), into=engineer("Mei"))
    signed = gathered(build).header.credits
    mei = Credit(feature_ids(build)[0], engineer("Mei").pk, Decimal("0.5"))
    assert (len(signed), mei in signed) == (3, True)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({}, {}),
        ({"Mi 5": "0.6", "Mini": "0.4"}, {"Mi 5": "0.6", "Mini": "0.4"}),
        ({"Mi 5": "0.6", "Mini": "0"}, {"Mi 5": "0.6", "other": "0.4"}),
        ({"Mi 5": "0.6", "other": "0.1"}, {"Mi 5": "0.6", "other": "0.4"}),
        ({"Mi 5": "1", "Mini": "0.5"}, {"Mi 5": "0.6666", "Mini": "0.3333", "other": "0.0001"}),
    ],
)
def test_the_installed_base_sums_to_one(given: dict[str, str], read: dict[str, str]) -> None:
    build = open_week()
    InstalledShare.objects.bulk_create(
        InstalledShare(build=build, family=family, share=share) for family, share in given.items()
    )
    segments = gathered(build).header.segments
    assert {segment.name: segment.share for segment in segments} == {
        name: Decimal(share) for name, share in read.items()
    }


def test_unknown_families_count_as_other() -> None:
    build = open_week()
    InstalledShare.objects.create(build=build, family="Mi 5", share=Decimal("0.6"))
    put([vote(build, family=family) for family in ("Mi 5", "Toaster") for _ in range(5)])
    read = gathered(build)
    _header, ballots = fold_segments(read.header, read.ballots)
    assert {ballot.segment for ballot in ballots} == {"Mi 5", "other"}


def test_the_joy_points_the_build_was_opened_with_are_used() -> None:
    build = open_week(make_product(award_joy_points=[0, 20, 80, 100]))
    build.product.award_joy_points = [0, 1, 2, 3]
    assert [int(points) for points in gathered(build).header.settings.joy] == [0, 20, 80, 100]


@pytest.mark.parametrize("cell", [(LEFT_OUT,), (1, LEFT_OUT), (LEFT_OUT, LEFT_OUT, 1)])
def test_only_a_first_verdict_is_left_out(cell: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match="only a first verdict"):
        Ballot(pseudonym="p", age_days=1, hour=1, segment="", loved=cell)
