"""The pages of themes, and putting them right there."""

from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from community.builds.models import Product
from feedback.reports.domain.themes import correcting
from feedback.reports.models import ThemeCorrection, VoteReport
from orangefriday.week import forget
from tests.community.members.making import queries_for
from tests.feedback.reports.domain.themes.making import (
    CRASH,
    DRAIN,
    LAG,
    the_theme,
    themed_report,
)


@pytest.fixture(scope="module")
def made_themed(made_product: Product) -> VoteReport:
    return themed_report(made_product, *CRASH, *DRAIN)


@pytest.fixture
def themed(made_themed: VoteReport, db: None) -> VoteReport:
    return deepcopy(made_themed)


def page(reader: Client, report: VoteReport, **query: str) -> str:
    answer = reader.get(reverse("reports:themes", args=[report.build.slug]), query)
    return answer.content.decode()


def correct(reader: Client, report: VoteReport, word: str, kind: str, **given: Any) -> None:
    address = reverse(
        "reports:correct_theme", args=[report.build.slug, the_theme(report, word).pk, kind]
    )
    answer = reader.post(address, given)
    assert answer.status_code == 302, answer.content.decode()


def test_the_report_shows_what_hurt(reader: Client, themed: VoteReport) -> None:
    shown = reader.get(reverse("reports:detail", args=[themed.build.slug])).content.decode()
    theme = the_theme(themed, "crash")
    assert "camera · crash" in shown
    assert reverse("reports:theme", args=[themed.build.slug, theme.pk]) in shown
    assert f"{reverse('reports:ballots', args=[themed.build.slug])}?theme={theme.pk}" in shown


def test_a_verbatim_leads_to_its_ballot_and_a_theme_to_all_of_them(
    reader: Client, themed: VoteReport
) -> None:
    ballots = reverse("reports:ballots", args=[themed.build.slug])
    every = reader.get(ballots, {"theme": the_theme(themed, "crash").pk})
    handles = [one.row.handle for one in every.context["shown"]]
    assert len(handles) == 6
    one = reader.get(ballots, {"ballot": handles[0]})
    assert [shown.row.handle for shown in one.context["shown"]] == handles[:1]
    theme = reverse("reports:theme", args=[themed.build.slug, the_theme(themed, "crash").pk])
    assert handles[0] in reader.get(theme).content.decode()


def test_a_segment_shows_its_themes(reader: Client, product: Product) -> None:
    report = themed_report(product, *CRASH * 5, *DRAIN)
    for family, has_battery in (("Mi 5", True), ("Redmi 3", False)):
        shown = page(reader, report, family=family)
        assert "crash" in shown
        assert ("battery" in shown) == has_battery


def test_a_manager_merges_renames_and_undoes(reader: Client, themed: VoteReport) -> None:
    correct(reader, themed, "battery", "merge", into=the_theme(themed, "crash").pk)
    correct(reader, themed, "crash", "rename", name="Dies at once")
    assert "Dies at once" in page(reader, themed)
    for correction in ThemeCorrection.objects.order_by("-pk"):
        reader.post(reverse("reports:undo_correction", args=[themed.build.slug, correction.pk]))
    assert "Dies at once" not in page(reader, themed)
    assert themed.themes.told().count() == 2


def test_what_is_ignored_is_listed_to_be_brought_back(reader: Client, themed: VoteReport) -> None:
    correct(reader, themed, "crash", "ignore")
    shown = page(reader, themed)
    assert "is ignored" in shown
    assert "Undo" in shown


def test_a_split_of_too_few_is_refused_in_words(reader: Client, themed: VoteReport) -> None:
    theme = the_theme(themed, "crash")
    word = next(word for word, share in theme.centre.items() if share < 1)
    address = reverse("reports:correct_theme", args=[themed.build.slug, theme.pk, "split"])
    answer = reader.post(address, {"word": word}, follow=True)
    assert "fewer than five ballots" in answer.content.decode()
    assert reader.post(address, {"word": "not one of them"}).status_code == 200


def test_queries_do_not_grow_with_themes(
    reader: Client, product: Product, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for weeks, said in enumerate((CRASH, CRASH, CRASH, CRASH + DRAIN + LAG)):
        report = themed_report(product, *said, weeks=weeks)
        page(reader, report)
        forget()  # what the frame of every page may remember of the week
        with django_assert_max_num_queries(13) as captured:
            page(reader, report)
        slug, crash = report.build.slug, the_theme(report, "crash").pk
        told = [
            reverse("api_theme_list", args=[slug]),
            reverse("reports:theme", args=[slug, crash]),
        ]
        counts.append([len(captured), *(queries_for(reader, address) for address in told)])
    assert counts[1] == counts[3]  # one theme and three, beside one earlier build and three
    assert counts[0][0] + 1 == counts[1][0]  # the first has no builds before it


def test_themes_over_the_api(reader: Client, themed: VoteReport) -> None:
    address = reverse("api_theme_list", args=[themed.build.slug])
    crash, drain = reader.get(address).json()
    assert (crash["ballots"], crash["label"][0]) == (6, {"en": "camera", "zh": "相机"})
    corrections = reverse("api_theme_correct", args=[themed.build.slug, crash["id"]])
    made = reader.post(corrections, {"kind": "merge", "into": drain["id"]}, "application/json")
    assert made.status_code == 201
    assert [theme["ballots"] for theme in reader.get(address).json()] == [11]
    wrong = reader.post(corrections, {"kind": "ignore"}, "application/json")
    assert wrong.status_code == 404
    undo = reverse("api_theme_correction", args=[themed.build.slug, made.json()["id"]])
    assert reader.delete(undo).status_code == 204
    assert len(reader.get(address).json()) == 2


def test_what_another_manager_did_meanwhile_is_said_and_nothing_lost(
    reader: Client, themed: VoteReport
) -> None:
    theme = the_theme(themed, "crash")
    address = reverse("reports:correct_theme", args=[themed.build.slug, theme.pk, "rename"])
    seen = {"seen": correcting.changes_of(theme)}
    assert reader.post(address, {"name": "Theirs"} | seen).status_code == 302
    late = reader.post(address, {"name": "Mine"} | seen)
    shown = late.content.decode()
    assert late.status_code == 409
    assert "has put this theme right while you had it open" in shown
    assert 'value="Mine"' in shown
    theme.refresh_from_db()
    assert theme.name == "Theirs"
    seen = {"seen": correcting.changes_of(theme)}
    assert reader.post(address, {"name": "Mine"} | seen).status_code == 302


def test_what_was_merged_meanwhile_leads_to_where_it_stands(
    reader: Client, themed: VoteReport
) -> None:
    theme, other = the_theme(themed, "crash"), the_theme(themed, "battery")
    correct(reader, themed, "crash", "merge", into=other.pk)
    address = reverse("reports:correct_theme", args=[themed.build.slug, theme.pk, "rename"])
    late = reader.post(address, {"name": "Mine"}, follow=True)
    assert "was merged into this theme meanwhile" in late.content.decode()
