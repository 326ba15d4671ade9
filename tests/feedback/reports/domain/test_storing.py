"""Final reports are stored once; live ones are refreshed without pointing at anybody."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError
from django.db.utils import ProgrammingError

from community.builds.models import Build
from feedback.fourgrid.models import Ballot, FeatureTally, ProposalTally, Tally
from feedback.proposals.models import Proposal
from feedback.reports.domain import (
    CountsDiffer,
    NotTallied,
    mark_read,
    refresh,
    store,
    store_due,
)
from feedback.reports.domain.storing import STALE_AFTER
from feedback.reports.models import ReportReading, ReportSlice, VoteReport, VoterGroup
from tests.community.builds.making import DRAFTED, HOUR, MINUTE, PUBLISH, make_member, make_product
from tests.feedback.reports.making import (
    FROZEN,
    close,
    make_report,
    open_build,
    put,
    random_votes,
    vote,
)
from tests.racing import at_once

pytestmark = pytest.mark.django_db
VERDICTS = ("loved_most", "loved", "let_down", "let_down_most")


@pytest.fixture
def tallied() -> Build:
    build = open_build()
    for n in range(3):
        Proposal.objects.create(product=build.product, title=f"Wish {n}", created_at=DRAFTED)
    put(random_votes(build, 80))
    close(build)
    return build


def test_a_report_needs_a_tally() -> None:
    with pytest.raises(NotTallied):
        store(build_id=open_build().pk, at=FROZEN)


def test_the_report_says_what_the_tally_says(tallied: Build) -> None:
    report, tally = store(build_id=tallied.pk, at=FROZEN), Tally.objects.get()
    content = report.content
    assert report.is_final
    assert report.ballots == content["turnout"]["ballots"] == tally.ballots
    for figure in ("eligible", "verified", "staff"):
        assert content["turnout"][figure] == getattr(tally, figure)
    for mood in ("happy", "in_love", "hopeful", "sad"):
        assert content["mood"][mood] == getattr(tally, mood)
    counted = FeatureTally.objects.order_by("feature__position").values(*VERDICTS)
    assert [line["verdicts"] for line in content["features"]] == list(counted)
    wishes = {line["proposal"]: line["named"] for line in content["wishes"]}
    assert wishes == dict(ProposalTally.objects.values_list("proposal", "named"))


def test_slices_add_up_to_the_whole(tallied: Build) -> None:
    report = store(build_id=tallied.pk, at=FROZEN)
    slices = ReportSlice.objects.filter(dimension="family")
    assert sum(one.ballots for one in slices) == report.ballots
    for n, line in enumerate(report.content["features"]):
        assert sum(one.content["features"][n]["named"] for one in slices) == line["named"]


def test_a_slice_is_a_recount_of_its_ballots(tallied: Build) -> None:
    store(build_id=tallied.pk, at=FROZEN)
    content = ReportSlice.objects.get(dimension="region", value="广东").content
    ballots = Ballot.objects.filter(build=tallied, region="广东").counted()
    for line in content["features"]:
        first = [ballot for ballot in ballots if ballot.loved[:1] == [line["feature"]]]
        assert line["verdicts"]["loved_most"] == len(first)
    assert content["turnout"]["hours"] is None


def test_groups_are_kept_for_lists(tallied: Build) -> None:
    report = store(build_id=tallied.pk, at=FROZEN)
    assert sum(group.ballots for group in VoterGroup.objects.all()) == report.ballots


def test_a_second_time_gives_back_the_first(tallied: Build) -> None:
    report = store(build_id=tallied.pk, at=FROZEN)
    assert store(build_id=tallied.pk, at=FROZEN + HOUR).computed_at == FROZEN
    assert VoteReport.objects.get() == report


def test_other_ballots_than_the_tally_counted_are_not_stored(tallied: Build) -> None:
    Ballot.objects.counted()[0].delete()
    with pytest.raises(CountsDiffer):
        store(build_id=tallied.pk, at=FROZEN)
    assert not VoteReport.objects.exists()


def test_a_report_that_cannot_be_stored_keeps_no_other_waiting(tallied: Build) -> None:
    Ballot.objects.counted()[0].delete()
    other = open_build(make_product("other"))
    put(random_votes(other, 5))
    close(other)
    assert [report.build for report in store_due(at=FROZEN)] == [other]


def test_the_database_keeps_a_final_report_as_it_is(tallied: Build) -> None:
    report = store(build_id=tallied.pk, at=FROZEN)
    with pytest.raises(ProgrammingError, match="Cannot update"):
        VoteReport.objects.filter(pk=report.pk).update(ballots=7)


def test_the_database_refuses_a_slice_of_four(tallied: Build) -> None:
    report = store(build_id=tallied.pk, at=FROZEN)
    with pytest.raises(IntegrityError, match="reportslice_keeps_secrecy"):
        ReportSlice.objects.create(
            report=report, dimension="family", value="X", ballots=4, content={}
        )


@pytest.mark.django_db(transaction=True)
def test_stored_by_many_at_once_it_is_stored_once(tallied: Build) -> None:
    acts = [lambda n=n: store(build_id=tallied.pk, at=FROZEN + n * MINUTE).pk for n in range(4)]
    assert len(set(at_once(*acts))) == 1
    assert VoteReport.objects.count() == 1
    assert not any(
        a == b
        for a, b in pairwise(ReportSlice.objects.values_list("dimension", "value").order_by("pk"))
    )


def test_due_are_tallied_builds_without_a_final_report(tallied: Build) -> None:
    assert [report.build for report in store_due(at=FROZEN)] == [tallied]
    assert store_due(at=FROZEN + HOUR) == []


# --- the live view ---------------------------------------------------------------------------


def come(build: Build, number: int, *, at_hour: int = 1) -> None:
    saved_at = PUBLISH + at_hour * HOUR
    put([vote(build, saved_at=saved_at) for _ in range(number)])


def test_the_live_view_opens_with_the_fifth_ballot() -> None:
    build = open_build()
    come(build, 4)
    assert refresh(build_id=build.pk, at=PUBLISH + HOUR) is None
    come(build, 1)
    report = refresh(build_id=build.pk, at=PUBLISH + HOUR)
    assert report
    assert (report.is_final, report.ballots) == (False, 5)


@pytest.fixture
def live() -> VoteReport:
    build = open_build()
    come(build, 20)
    report = refresh(build_id=build.pk, at=PUBLISH + 2 * HOUR)
    assert report
    return report


def test_the_live_view_has_no_slices_and_no_list_groups(live: VoteReport) -> None:
    assert not live.slices.exists()
    assert not live.groups.exists()


def test_a_live_view_stands_until_five_more_ballots_came(live: VoteReport) -> None:
    come(live.build, 4, at_hour=3)
    assert refresh(build_id=live.build_id, at=PUBLISH + 4 * HOUR) is None
    come(live.build, 1, at_hour=3)
    refreshed = refresh(build_id=live.build_id, at=PUBLISH + 4 * HOUR)
    assert refreshed
    assert (refreshed.pk, refreshed.ballots) == (live.pk, 25)


def test_a_live_view_stands_for_half_a_minute(live: VoteReport) -> None:
    come(live.build, 9, at_hour=2)
    assert refresh(build_id=live.build_id, at=live.computed_at + STALE_AFTER / 2) is None
    assert refresh(build_id=live.build_id, at=live.computed_at + STALE_AFTER)


def test_a_live_view_ends_with_the_window(live: VoteReport) -> None:
    come(live.build, 9, at_hour=3)
    assert refresh(build_id=live.build_id, at=PUBLISH + timedelta(days=30)) is None


def test_the_final_report_takes_the_place_of_the_live_one(live: VoteReport) -> None:
    close(live.build)
    report = store(build_id=live.build_id, at=FROZEN)
    assert (report.pk, report.is_final) == (live.pk, True)


def test_a_late_live_view_leaves_the_final_report(live: VoteReport) -> None:
    come(live.build, 9, at_hour=3)
    store_final_meanwhile = VoteReport.objects.filter(pk=live.pk).update(is_final=True)
    assert store_final_meanwhile
    report = refresh(build_id=live.build_id, at=PUBLISH + 4 * HOUR)
    assert report
    assert (report.is_final, report.ballots) == (True, 20)


def test_due_is_also_what_is_open(live: VoteReport) -> None:
    come(live.build, 5, at_hour=3)
    assert store_due(at=PUBLISH + 4 * HOUR) == [live]


# --- comparisons and readings ------------------------------------------------------------------


def test_earlier_builds_of_the_track_are_the_history() -> None:
    product = make_product()
    for weeks in range(3):
        make_report(product, weeks=weeks, ballots=30)
    make_report(weeks=2, ballots=10)
    report = make_report(product, weeks=3, ballots=30)
    assert {area["against"]["builds"] for area in report.content["areas"]} == {3}
    assert {area["against"]["movement"] for area in report.content["areas"]} != {"new"}


def test_promises_are_told_kept_or_not() -> None:
    build = open_build()
    shipped = build.features.get(position=2)
    for title, fields in {
        "Kept": {"accepted_for": build, "shipped_as": shipped},
        "Open": {"accepted_for": build},
        "Unasked": {"shipped_as": shipped},
        "Elsewhere": {},
    }.items():
        Proposal.objects.create(product=build.product, title=title, created_at=DRAFTED, **fields)
    close(build)
    promises = store(build_id=build.pk, at=FROZEN).content["promises"]
    assert [(p["title"], p["is_promised"], p["feature"]) for p in promises] == [
        ("Kept", True, shipped.pk),
        ("Open", True, None),
        ("Unasked", False, shipped.pk),
    ]


def test_a_reading_is_remembered_once() -> None:
    report, reader = make_report(ballots=0), make_member()
    for at in (FROZEN, FROZEN + HOUR):
        mark_read(report=report, member=reader, at=at)
    assert ReportReading.objects.get().read_at == FROZEN


def test_a_live_view_is_never_read(live: VoteReport) -> None:
    mark_read(report=live, member=make_member(), at=FROZEN)
    assert not ReportReading.objects.exists()
