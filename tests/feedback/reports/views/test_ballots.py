"""The page of the ballots behind a number."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from community.builds.models import Product
from feedback.fourgrid.models import Ballot
from feedback.reports.domain import refresh, store
from feedback.reports.models import VoteReport
from orangefriday.week import forget
from tests.community.builds.making import HOUR, PUBLISH
from tests.feedback.reports.making import FROZEN, close, make_report, open_build, put, vote


def listed(reader: Client, report: VoteReport, **query: object) -> str:
    answer = reader.get(reverse("reports:ballots", args=[report.build.slug]), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"verdict": "hated"},
        {"feature": "x"},
        {"feature": 2**70},
        {"mood": "angry"},
        {"after": "zz"},
        {"after": "ab" * 31},
        {"level": "9"},
        {"verified": "maybe"},
        {"comment": "feature:1"},
    ],
)
def test_what_cannot_be_asked_is_a_404(
    reader: Client, report: VoteReport, query: dict[str, object]
) -> None:
    address = reverse("reports:ballots", args=[report.build.slug])
    assert reader.get(address, query).status_code == 404


@pytest.fixture
def told(product: Product) -> VoteReport:
    """A report on one telling ballot among others."""
    build = open_build(product)
    first, second, third = build.features.order_by("position")[:3]
    comments = {"mood": "<b>早上\n好</b>", f"feature:{second.pk}": "=1+1"}
    telling = vote(
        build,
        mood=Ballot.Mood.SAD,
        loved=[first.pk],
        let_down=[second.pk, third.pk],
        comments=comments,
        saved_at=PUBLISH + timedelta(hours=3, minutes=47),
    )
    others = [
        vote(build, mood=Ballot.Mood.IN_LOVE if n < 3 else Ballot.Mood.HAPPY) for n in range(9)
    ]
    put([telling, *others])
    close(build)
    return store(build_id=build.pk, at=FROZEN)


def test_a_ballot_shows_its_four_cells_and_comments(reader: Client, told: VoteReport) -> None:
    html = listed(reader, told, mood="sad")
    assert html.count('id="ballot-') == 1
    for text in ("Sad", "Change 0", "Change 1", "Change 2", "=1+1"):
        assert text in html
    assert "&lt;b&gt;早上\n好&lt;/b&gt;" in html


def test_nothing_on_the_page_tells_the_voter(reader: Client, told: VoteReport) -> None:
    html = listed(reader, told)
    for ballot in Ballot.objects.filter(build=told.build).select_related("member"):
        assert ballot.member.username not in html
        assert bytes(ballot.receipt).hex()[:12] not in html
        assert f"/{ballot.pk}" not in html
    assert ":47" not in html


def test_the_head_says_which_ballots(reader: Client, told: VoteReport) -> None:
    feature = told.content["features"][1]["feature"]
    html = listed(reader, told, feature=feature, cell="let_down", comment="feature")
    chips = re.findall(r'<li class="chip">([^<]+)</li>', html)
    assert chips[:3] == ["Change 1", "let me down", "with a comment"]


def test_pages_can_be_turned(reader: Client, product: Product) -> None:
    report = make_report(product, ballots=70)
    address, handles = reverse("reports:ballots", args=[report.build.slug]), []
    url = address
    while url:
        html = reader.get(url).content.decode()
        handles += re.findall(r'id="ballot-([0-9a-f]+)"', html)
        following = re.search(r'rel="next" href="([^"]+)"', html)
        url = address + following[1].replace("&amp;", "&") if following else ""
    assert len(handles) == len(set(handles)) == report.ballots


def test_a_filter_for_comments_keeps_the_rest(reader: Client, told: VoteReport) -> None:
    assert 'href="?comment=any&amp;mood=sad"' in listed(reader, told, mood="sad")


def test_an_empty_list_says_so(reader: Client, told: VoteReport) -> None:
    assert "No ballot says this" in listed(reader, told, mood="hopeful")


def test_a_segment_with_nobody_to_show_says_why(reader: Client, product: Product) -> None:
    build = open_build(product)
    mixed = [(family, level) for family in ("A", "B") for level in range(6)]
    put(
        [vote(build, family=family, level=level) for family, level in mixed],
        verified=0,
    )
    close(build)
    report = store(build_id=build.pk, at=FROZEN)
    report.groups.update(shown=0)
    assert "would point at somebody" in listed(reader, report, family="A")


def test_a_live_list_waits_for_the_full_hour(reader: Client, product: Product) -> None:
    build = open_build(product)
    put(vote(build, saved_at=PUBLISH + 9999 * HOUR) for _ in range(6))
    report = refresh(build_id=build.pk, at=PUBLISH + HOUR)
    assert report
    assert "after the full hour" in listed(reader, report)


def test_the_page_costs_the_same_for_one_ballot_and_three_and_ten(
    reader: Client, told: VoteReport, django_assert_max_num_queries
) -> None:
    counts = []
    for query, shown in (({"mood": "sad"}, 1), ({"mood": "in_love"}, 3), ({}, 10)):
        assert listed(reader, told, **query).count('id="ballot-') == shown
        forget()  # what the frame of every page may remember of the week
        with django_assert_max_num_queries(12) as captured:
            listed(reader, told, **query)
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts
