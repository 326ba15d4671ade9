"""The report's page."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from community.builds.models import Build, Product
from community.members.models import Member
from feedback.fourgrid.models import Ballot
from feedback.proposals.models import Proposal
from feedback.reports import panels
from feedback.reports.domain import refresh, store
from feedback.reports.models import VoteReport
from orangefriday.week import forget
from tests.community.builds.making import DRAFTED, HOUR, PUBLISH, make_build
from tests.feedback.reports.making import (
    FROZEN,
    close,
    make_report,
    open_build,
    put,
    random_votes,
    vote,
)

State = Build.State


def page(reader: Client, build: Build, query: str = "") -> str:
    answer = reader.get(reverse("reports:detail", args=[build.slug]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def row(html: str, feature: int) -> list[str]:
    """The texts of a feature's cells."""
    found = re.search(rf'<tr id="feature-{feature}">(.*?)</tr>', html, re.DOTALL)
    assert found
    cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", found[1], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]


def test_a_row_says_what_the_report_says(reader: Client, report: VoteReport) -> None:
    line = report.content["features"][0]
    cells = row(page(reader, report.build), line["feature"])
    assert cells[0].startswith(line["title"])
    assert cells[2] == str(line["named"])
    assert cells[5] == f"{line['joy']['value']:.1f}"
    assert cells[6] == f"{line['joy']['low']:.1f}–{line['joy']['high']:.1f}"


def test_every_figure_of_a_row_leads_to_its_ballots(reader: Client, report: VoteReport) -> None:
    line, html = report.content["features"][0], page(reader, report.build)
    feature = line["feature"]
    for query, number in {
        f"feature={feature}": line["named"],
        f"feature={feature}&amp;cell=loved": line["verdicts"]["loved"]
        + line["verdicts"]["loved_most"],
        f"feature={feature}&amp;cell=let_down": line["verdicts"]["let_down"]
        + line["verdicts"]["let_down_most"],
    }.items():
        address = f"{reverse('reports:ballots', args=[report.build.slug])}?{query}"
        assert f'href="{address}"' in html
        listed = reader.get(address.replace("&amp;", "&")).context["shown"]
        assert len(listed) == min(number, 30)


def test_every_dot_leads_to_its_row(reader: Client, report: VoteReport) -> None:
    html = page(reader, report.build)
    dots = set(re.findall(r'<a href="#(feature-\d+)"', html))
    assert dots == set(re.findall(r'<tr id="(feature-\d+)"', html))


def test_charts_are_well_formed(reader: Client, product: Product) -> None:
    first = make_report(product, version="1<b>")
    second = make_report(product, weeks=1, version="2&")
    for address in (
        reverse("reports:detail", args=[second.build.slug]),
        reverse("reports:compare", args=[second.build.slug, first.build.slug]),
        reverse("reports:area", args=["Camera"]),
    ):
        html = reader.get(address).content.decode()
        charts = re.findall(r'<svg class="chart.*?</svg>', html, re.DOTALL)
        assert charts, address
        for chart in charts:
            ET.fromstring(chart.replace("&nbsp;", " "))


def test_nothing_is_styled_or_scripted_inline(reader: Client, report: VoteReport) -> None:
    class Finder(HTMLParser):
        found: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            names = dict(attrs)
            if tag == "style" or (tag == "script" and "src" not in names):
                self.found.append(tag)
            self.found += [name for name in names if name == "style" or name.startswith("on")]

    finder = Finder()
    finder.feed(page(reader, report.build))
    assert not finder.found


@pytest.mark.parametrize(
    ("sort", "by"),
    [
        ("", lambda line: -line["named"]),
        ("joy", lambda line: line["joy"]["value"]),
        ("-joy", lambda line: -line["joy"]["value"]),
        ("title", lambda line: line["title"]),
        ("nonsense", lambda line: -line["named"]),
    ],
)
def test_the_table_sorts(
    reader: Client, report: VoteReport, sort: str, by: Callable[..., float]
) -> None:
    html = page(reader, report.build, f"?sort={sort}")
    shown = [int(pk) for pk in re.findall(r'<tr id="feature-(\d+)"', html)]
    lines = {line["feature"]: line for line in report.content["features"]}
    assert [by(lines[pk]) for pk in shown] == sorted(by(line) for line in lines.values())


def test_a_segment_shows_its_own_figures(reader: Client, report: VoteReport) -> None:
    content = report.slices.get(dimension="family", value="Mi 5").content
    html = page(reader, report.build, "?family=Mi+5")
    line = content["features"][0]
    assert row(html, line["feature"])[2] == str(line["named"])
    assert f"?feature={line['feature']}&amp;family=Mi+5" in html


def test_a_segment_not_told_apart_is_not_there(reader: Client, report: VoteReport) -> None:
    address = reverse("reports:detail", args=[report.build.slug])
    assert reader.get(address, {"family": "Nexus"}).status_code == 404


def test_what_members_wrote_is_escaped(reader: Client, product: Product) -> None:
    build = open_build(product)
    wish = Proposal.objects.create(product=product, title="<script>x</script>", created_at=DRAFTED)
    put([vote(build, wishes=[wish.pk]) for _ in range(6)])
    close(build)
    store(build_id=build.pk, at=FROZEN)
    html = page(reader, build)
    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html


def test_before_the_fifth_ballot_the_page_says_what_comes(reader: Client, product: Product) -> None:
    assert "fifth ballot" in page(reader, open_build(product))


def test_a_counted_build_waits_for_its_report(reader: Client, product: Product) -> None:
    build = open_build(product)
    close(build)
    assert "being counted" in page(reader, build)


def test_a_live_view_says_that_it_is_provisional(reader: Client, product: Product) -> None:
    build = open_build(product)
    put(random_votes(build, 20))
    refresh(build_id=build.pk, at=PUBLISH + HOUR)
    html = page(reader, build)
    assert "provisional" in html
    assert "Segments open then" in html
    assert "mark-read" not in html


def test_a_recalled_build_keeps_its_provisional_figures(reader: Client, product: Product) -> None:
    build = make_build(State.RECALLED, product)
    assert "taken back" in page(reader, build)


@pytest.mark.parametrize(("language", "word"), [("en", "Feature map"), ("zh-hans", "更新地图")])
def test_both_languages(reader: Client, report: VoteReport, language: str, word: str) -> None:
    reader.cookies["django_language"] = language
    assert word in page(reader, report.build)


def test_panels_of_rooms_above_are_shown(
    reader: Client, report: VoteReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panels, "_panels", {slot: [] for slot in panels.SLOTS})

    def say(request: HttpRequest, build: Build) -> str:
        return f"<{build}>"

    for slot in panels.SLOTS:
        panels.register(slot, say)
    assert page(reader, report.build).count("&lt;6.11.20&gt;") == len(panels.SLOTS)


def test_an_unknown_slot_is_refused() -> None:
    with pytest.raises(ValueError, match="no slot"):
        panels.register("report.nowhere", lambda *_: "")


def test_opening_is_remembered_when_the_page_says_so(
    reader: Client, report: VoteReport, manager: Member
) -> None:
    html = page(reader, report.build)
    assert 'hx-trigger="load"' in html
    assert not report.readings.exists()
    answer = reader.post(reverse("reports:mark_read", args=[report.build.slug]))
    assert answer.headers["Location"] == reverse("reports:detail", args=[report.build.slug])
    assert report.readings.get().member == manager
    assert 'hx-trigger="load"' not in page(reader, report.build)


def test_a_script_only_hears_that_it_is_done(reader: Client, report: VoteReport) -> None:
    address = reverse("reports:mark_read", args=[report.build.slug])
    answer = reader.post(address, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_feature_that_divides_people_leads_to_both_sides(
    reader: Client, product: Product
) -> None:
    build = open_build(product)
    feature = build.features.get(position=1).pk
    put(
        vote(build, level=n % 2, **{"loved" if n % 2 else "let_down": [feature]}) for n in range(60)
    )
    close(build)
    store(build_id=build.pk, at=FROZEN)
    html = page(reader, build)
    for level in (0, 1):
        assert f'href="/reports/{build.slug}/?level={level}#feature-{feature}"' in html


def test_a_promise_is_told_kept_or_not(reader: Client, product: Product) -> None:
    build = open_build(product)
    feature = build.features.get(position=1)
    for shipped in (None, feature):
        Proposal.objects.create(
            product=product,
            title="Pinyin",
            created_at=DRAFTED,
            accepted_for=build,
            shipped_as=shipped,
        )
    close(build)
    store(build_id=build.pk, at=FROZEN)
    html = page(reader, build)
    assert "promised, not shipped" in html
    assert f'<a href="#feature-{feature.pk}">how it was judged</a>' in html


# --- queries -----------------------------------------------------------------------------------


def test_pages_cost_the_same_for_one_build_and_three(
    reader: Client, product: Product, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    asked: list[dict[str, int]] = []
    for weeks in (0, 1, 2):
        build = make_report(product, weeks=weeks, features=6 + 3 * weeks).build
        pages = {
            "list": reverse("reports:list"),
            "detail": reverse("reports:detail", args=[build.slug]),
            "area": reverse("reports:area", args=["Camera"]),
        }
        asked.append({})
        for name, address in pages.items():
            reader.get(address)
            forget()  # what the frame of every page may remember of the week
            with django_assert_max_num_queries(20) as captured:
                assert reader.get(address).status_code == 200
            asked[-1][name] = len(captured)
    assert asked[1] == asked[2]  # the first has no builds before it


def test_the_page_reads_no_ballot_but_those_it_quotes(
    reader: Client, report: VoteReport, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(20) as captured:
        page(reader, report.build)
    queries = [query["sql"] for query in captured.captured_queries]
    reading = [sql for sql in queries if Ballot._meta.db_table in sql]
    assert all("JOIN LATERAL" in sql and "LIMIT" in sql for sql in reading)
