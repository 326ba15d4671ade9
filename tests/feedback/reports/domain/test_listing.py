"""Lists of ballots: the right ones, and nothing that says whose they are."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest

from community.builds.models import Build
from feedback.fourgrid.models import Ballot
from feedback.proposals.models import Proposal
from feedback.reports.domain import refresh, store
from feedback.reports.domain.folding import OTHER
from feedback.reports.domain.listing import Asked, Row, every_row, page
from feedback.reports.models import Dimension, VoteReport
from feedback.reports.queries import Segment
from tests.community.builds.making import DRAFTED, HOUR, PUBLISH, make_product
from tests.feedback.reports.making import FROZEN, close, open_build, put, random_votes, vote

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made_report(stage: None) -> VoteReport:
    product = make_product()
    for n in range(3):
        Proposal.objects.create(product=product, title=f"Wish {n}", created_at=DRAFTED)
    build = open_build(product)
    put(random_votes(build, 150))
    close(build)
    return store(build_id=build.pk, at=FROZEN)


def rows(report: VoteReport, **asked: object) -> list[Row]:
    return list(every_row(report, Asked(**asked), at=FROZEN))


def all_of(report: VoteReport) -> list[Ballot]:
    return list(Ballot.objects.filter(build=report.build).counted().with_verification())


def test_all_counted_ballots_are_listed_once(report: VoteReport) -> None:
    found = rows(report)
    assert len(found) == len({row.handle for row in found}) == report.ballots


ASKED: dict[str, tuple[dict[str, object], Callable[[Ballot, int, int], bool]]] = {
    "mood": ({"mood": "sad"}, lambda b, _f, _w: b.mood == Ballot.Mood.SAD),
    "named": ({"feature": 1}, lambda b, f, _w: f in b.loved + b.let_down),
    "loved cell": ({"feature": 1, "cell": "loved"}, lambda b, f, _w: f in b.loved),
    "let-down cell": ({"feature": 1, "cell": "let_down"}, lambda b, f, _w: f in b.let_down),
    "loved most": ({"feature": 1, "verdict": "loved_most"}, lambda b, f, _w: b.loved[:1] == [f]),
    "loved": ({"feature": 1, "verdict": "loved"}, lambda b, f, _w: f in b.loved[1:]),
    "let down": ({"feature": 1, "verdict": "let_down"}, lambda b, f, _w: f in b.let_down[1:]),
    "let down most": (
        {"feature": 1, "verdict": "let_down_most"},
        lambda b, f, _w: b.let_down[:1] == [f],
    ),
    "wish": ({"wish": 1}, lambda b, _f, w: w in b.wishes),
    "any comment": ({"comment": "any"}, lambda b, _f, _w: bool(b.comments)),
    "comment on a cell": ({"comment": "let_down"}, lambda b, _f, _w: "let_down" in b.comments),
    "comment on a feature": (
        {"feature": 1, "comment": "feature"},
        lambda b, f, _w: f"feature:{f}" in b.comments,
    ),
}


@pytest.mark.parametrize("what", ASKED)
def test_what_is_asked_is_what_is_listed(report: VoteReport, what: str) -> None:
    asked, is_wanted = ASKED[what]
    feature = report.content["features"][2]["feature"]
    wish = report.content["wishes"][0]["proposal"]
    given = asked | {
        key: {"feature": feature, "wish": wish}[key] for key in asked if asked[key] == 1
    }
    wanted = [ballot for ballot in all_of(report) if is_wanted(ballot, feature, wish)]
    assert wanted
    assert Counter(row.mood for row in rows(report, **given)) == Counter(
        Ballot.Mood(ballot.mood).name.lower() for ballot in wanted
    )


def test_a_figure_is_the_number_of_its_rows(report: VoteReport) -> None:
    for line in report.content["features"]:
        assert len(rows(report, feature=line["feature"])) == line["named"]
    for mood in ("happy", "in_love", "hopeful", "sad"):
        assert len(rows(report, mood=mood)) == report.content["mood"][mood]


def test_pages_follow_each_other(report: VoteReport) -> None:
    found, after = [], ""
    while True:
        part, after = page(report, Asked(), at=FROZEN, after=after, number=40)
        found += part
        if not after:
            break
    assert found == rows(report)


# --- secrecy -----------------------------------------------------------------------------------


def test_rows_have_no_member_no_receipt_and_no_minute(report: VoteReport) -> None:
    secrets = {
        value.hex()
        for ballot in all_of(report)
        for value in map(bytes, (ballot.receipt, ballot.nonce))
    }
    for row in rows(report):
        assert row.hour == row.hour.replace(minute=0, second=0, microsecond=0)
        assert row.handle not in secrets
        assert not hasattr(row, "member")


def test_the_order_says_nothing_of_the_time(report: VoteReport) -> None:
    """Rank correlation of the order with the time, and with that of receipts, is noise."""
    found = [row.hour for row in rows(report)]
    receipts = sorted(all_of(report), key=lambda ballot: bytes(ballot.receipt))
    by_receipt = [ballot.saved_at for ballot in receipts]
    noise = 3 / len(found) ** 0.5
    assert abs(correlation(list(range(len(found))), found)) < noise
    assert [moment.replace(minute=0) for moment in by_receipt] != found


def correlation(first: list, second: list) -> float:
    """Spearman's, ties in the order they come."""
    places = sorted(range(len(second)), key=lambda n: second[n])
    ranks = [0] * len(places)
    for rank, n in enumerate(places):
        ranks[n] = rank
    middle = (len(ranks) - 1) / 2
    above = sum((a - middle) * (b - middle) for a, b in zip(first, ranks, strict=True))
    return above / sum((a - middle) ** 2 for a in first)


def test_the_order_differs_from_build_to_build(report: VoteReport) -> None:
    other = open_build()
    ballots = [ballot for ballot in all_of(report) if not ballot.is_staff][:20]
    put([vote(other, receipt=ballot.receipt) for ballot in ballots])
    close(other)
    second = store(build_id=other.pk, at=FROZEN)
    handles = {row.handle for row in rows(report)}
    assert not handles & {row.handle for row in rows(second)}


def test_rows_that_say_the_same_are_at_least_five(report: VoteReport) -> None:
    said = Counter(tuple(row.segments.values()) for row in rows(report))
    assert {size for face, size in said.items() if set(face) != {OTHER}}
    assert all(size >= 5 for size in said.values())


@pytest.mark.parametrize(
    ("dimension", "value"),
    [
        (Dimension.FAMILY, "Mi 5"),
        (Dimension.FAMILY, "unknown"),
        (Dimension.LEVEL, "1"),
        (Dimension.REGION, "广东"),
        (Dimension.VERIFIED, "yes"),
        (Dimension.VERIFIED, "no"),
    ],
)
def test_a_segment_lists_those_who_may_be_known_of_it(
    report: VoteReport, dimension: Dimension, value: str
) -> None:
    listed = rows(report, segment=Segment(dimension, value))
    assert listed
    assert {row.segments[dimension] for row in listed} == {value}
    hidden = report.slices.get(dimension=dimension, value=value).ballots - len(listed)
    assert hidden == 0 or hidden >= 5


def test_other_lists_those_who_may_not(report: VoteReport) -> None:
    found = rows(report, segment=Segment(Dimension.REGION, OTHER))
    assert {row.segments[Dimension.REGION] for row in found} == {OTHER}
    known = [row for row in rows(report) if row.segments[Dimension.REGION] != OTHER]
    assert len(found) + len(known) == report.ballots


@pytest.fixture
def live() -> VoteReport:
    build = open_build()
    put(vote(build, family="Mi 5", saved_at=PUBLISH + n * timedelta(minutes=10)) for n in range(12))
    report = refresh(build_id=build.pk, at=PUBLISH + 2 * HOUR)
    assert report
    return report


@pytest.mark.parametrize(("minutes", "listed"), [(59, 0), (60, 6), (119, 6), (120, 12)])
def test_while_it_is_open_whole_hours_are_listed(
    live: VoteReport, minutes: int, listed: int
) -> None:
    at = PUBLISH + timedelta(minutes=minutes)
    assert len(list(every_row(live, Asked(), at=at))) == listed


def test_while_it_is_open_no_segment_is_told(live: VoteReport) -> None:
    found = list(every_row(live, Asked(), at=PUBLISH + 5 * HOUR))
    assert {value for row in found for value in row.segments.values()} == {OTHER}


def test_lists_do_not_depend_on_when_rows_were_written() -> None:
    """The same ballots saved in another order give the same list."""
    builds: list[Build] = [open_build(), open_build()]
    receipts = [bytes([n]) * 32 for n in range(20)]
    found = []
    for build in builds[:1] * 2:
        Ballot.objects.filter(build=build).delete()
        Random(len(found)).shuffle(receipts)
        put([vote(build, receipt=receipt) for receipt in receipts])
        report = VoteReport(build=build, is_final=True)
        report.pk = 0
        found.append([row.handle for row in every_row(report, Asked(), at=FROZEN)])
    assert found[0] == found[1]
