"""Attacks on the files of a report: what a manager finds by laying them beside each other.

The attacker knows every voter's device, level, region and whether they were verified, takes every
file of every segment, and wants to know what one of them voted. Where there is a defence to switch
off, a control does so and finds somebody.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from xlsxwriter.chart import Chart

from community.builds.models import Engineer, Product
from community.members.models import Member
from feedback.fourgrid.models import Ballot
from feedback.reports import files, panels
from feedback.reports.domain import folding, listing, refresh
from feedback.reports.domain.folding import DIMENSIONS, FEWEST, OTHER
from feedback.reports.domain.listing import Asked
from feedback.reports.models import ReportFile, VoteReport, VoterGroup
from feedback.reports.panels import Printed
from tests.community.builds.making import HOUR, MINUTE, PUBLISH, make_member
from tests.feedback.reports.making import FROZEN, close, open_build, put, random_votes, store, vote

pytestmark = pytest.mark.django_db

VOTERS = 150
# So many have one level of their own.
HANDFUL, LEVEL = FEWEST - 1, 9


@pytest.fixture(scope="module")
def made_report(made_product: Product) -> VoteReport:
    return make_report(made_product)


def make_report(product: Product) -> VoteReport:
    build = open_build(product, version="6.11.20")
    put([*random_votes(build, VOTERS), *(vote(build, level=LEVEL) for _ in range(HANDFUL))])
    close(build)
    return store(build_id=build.pk, at=FROZEN)


def take(client: Client, file: ReportFile, **query: str) -> bytes:
    answer = client.get(f"/reports/6.11.20/{file.value}", query)
    assert answer.status_code == 200
    return b"".join(answer) if answer.streaming else answer.content


def ballots(client: Client, **query: str) -> list[dict[str, str]]:
    text = take(client, ReportFile.BALLOTS, **query).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def told(report: VoteReport) -> list[tuple[str, str]]:
    """Every segment that the report tells apart."""
    return list(report.slices.values_list("dimension", "value"))


def singled_out(client: Client, report: VoteReport) -> int:
    """Ballots that, with all lists joined, fewer than five others look like."""
    said = {row["ballot"]: {d.value: row[d.value] for d in DIMENSIONS} for row in ballots(client)}
    for dimension, value in told(report):
        for row in ballots(client, **{dimension: value}):
            said[row["ballot"]][dimension] = value
    alike = Counter(tuple(each.values()) for each in said.values())
    return sum(n for face, n in alike.items() if set(face) != {OTHER} and n < FEWEST)


def test_all_lists_joined_single_nobody_out(reader: Client, report: VoteReport) -> None:
    assert singled_out(reader, report) == 0


def test_control_lists_that_hide_nothing_single_many_out(
    reader: Client, report: VoteReport
) -> None:
    VoterGroup.objects.update(shown=sum(VoterGroup.BITS.values()))
    assert singled_out(reader, report) > 0


def left_over(client: Client) -> Iterator[int]:
    """Ballots in a segment's figures that are not in its list: they voted what is left."""
    for dimension, sizes in json.loads(take(client, ReportFile.DOCUMENT))["segments"].items():
        for size in sizes:
            if size["value"] != OTHER:
                yield size["ballots"] - len(ballots(client, **{dimension: size["value"]}))


def test_figures_less_their_list_are_nobody_or_five(reader: Client, report: VoteReport) -> None:
    assert not set(left_over(reader)) & set(range(1, FEWEST))


def test_control_without_hiding_leftovers_a_handful_is_left(
    reader: Client, report: VoteReport
) -> None:
    """The groups as they would be stored without the last step."""
    groups = list(VoterGroup.objects.filter(report=report))
    voters = [folding.Voters(g.family, g.level, g.region, g.is_verified) for g in groups]
    sizes = [group.ballots for group in groups]
    folds = folding.fold_dimensions(dict(zip(voters, sizes, strict=True)))
    shown = [folding._showable(each, folds) for each in voters]
    folding._hide_small(voters, sizes, shown)
    for group, bits in zip(groups, shown, strict=True):
        VoterGroup.objects.filter(pk=group.pk).update(shown=bits)
    assert set(left_over(reader)) & set(range(1, FEWEST))


def of_the_handful(client: Client, file: ReportFile) -> tuple[int, int]:
    """What is answered to who wants their file at once, or later."""
    later = f"/api/v1/builds/6.11.20/report/exports?level={LEVEL}"
    asked = client.post(later, {"file": file.value}, "application/json")
    return client.get(f"/reports/6.11.20/{file.value}?level={LEVEL}").status_code, asked.status_code


@pytest.mark.parametrize("file", ReportFile)
def test_a_handful_has_no_file(reader: Client, report: VoteReport, file: ReportFile) -> None:
    assert Ballot.objects.filter(level=LEVEL).count() == HANDFUL
    assert of_the_handful(reader, file) == (404, 404)


def test_control_without_folding_a_handful_has_one(
    reader: Client, report: VoteReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And without the constraint by which the database keeps small ones out."""
    monkeypatch.setattr(folding, "FEWEST", 1)
    report.delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reports_reportslice DROP CONSTRAINT reportslice_keeps_secrecy")
    store(build_id=report.build_id, at=FROZEN)
    assert of_the_handful(reader, ReportFile.BALLOTS) == (200, 202)
    assert len(ballots(reader, level=str(LEVEL))) == HANDFUL


def test_two_moments_of_an_open_build_differ_by_whole_hours(
    product: Product, manager: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = open_build(product, version="7", weeks=1)
    opened = build.published_at or PUBLISH
    put(random_votes(build, 20))
    live = refresh(build_id=build.pk, at=opened + 50 * HOUR)
    assert live is not None
    voted_at = opened + 50 * HOUR + timedelta(seconds=61)

    def difference() -> int:
        """Rows that another look finds, a minute and one ballot later."""
        before = rows_at(voted_at)
        (stranger,) = put([vote(build, first_saved_at=voted_at, saved_at=voted_at)])
        after = rows_at(voted_at + MINUTE)
        stranger.delete()
        return len(after - before)

    def rows_at(at: datetime) -> set[str | bytes]:
        return {*files.portions(ReportFile.BALLOTS, live, Asked(), reader=manager, at=at)}

    assert difference() == 0
    monkeypatch.setattr(listing, "_hour", lambda at: at)  # control
    assert difference() == 1


def workbook_parts(client: Client) -> dict[str, str]:
    with ZipFile(io.BytesIO(take(client, ReportFile.WORKBOOK))) as book:
        return {name: book.read(name).decode("utf-8", "ignore") for name in book.namelist()}


def cached(parts: dict[str, str]) -> set[str]:
    """Figures that charts keep and that stand in no cell."""
    sheets = "".join(text for name, text in parts.items() if "worksheets/sheet" in name)
    charts = "".join(text for name, text in parts.items() if "charts/chart" in name)
    kept = set(re.findall(r"<c:v>([\d.]+)</c:v>", charts))
    assert kept
    return kept - set(re.findall(r"<v>([\d.]+)</v>", sheets))


def test_the_workbook_holds_figures_and_nothing_else(reader: Client, report: VoteReport) -> None:
    parts, rows = workbook_parts(reader), ballots(reader)
    everything = "".join(parts.values())
    assert not cached(parts)
    assert not any(row["ballot"] in everything or row["hour"] in everything for row in rows)
    assert not any(name in everything for name in names())


def test_control_a_chart_of_figures_in_no_cell_keeps_them(
    reader: Client, report: VoteReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a chart is drawn of what the sheets round or leave out."""
    add_series = Chart.add_series

    def add_other(chart: Chart, series: dict[str, Any]) -> None:
        add_series(chart, series | {"values_data": [HANDFUL + 0.25]})

    monkeypatch.setattr(Chart, "add_series", add_other)
    assert cached(workbook_parts(reader)) == {"4.25"}


def named_on_paper(client: Client) -> list[str]:
    """Voters, receipts and handles that stand on the sheet, or in what is said about it."""
    with pypdfium2.PdfDocument(take(client, ReportFile.PDF)) as document:
        (text,) = [page.get_textpage().get_text_bounded() for page in document]
        whole = f"{text} {document.get_metadata_dict()}"
    handles = [row["ballot"][:12] for row in ballots(client)]
    return [name for name in [*names(), *handles] if name in whole]


def test_the_sheet_of_paper_names_nobody(reader: Client, report: VoteReport) -> None:
    assert named_on_paper(reader) == []


def test_control_who_is_printed_is_found(
    reader: Client, report: VoteReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    voter = Ballot.objects.select_related("member").latest("pk").member.username
    handle = ballots(reader)[0]["ballot"]
    printed = Printed("Voters", [(voter, "1", ""), (handle, "2", "")], "")
    monkeypatch.setattr(panels, "_first_page", [lambda _reader, _build: printed])
    assert {voter, handle[:12]} <= set(named_on_paper(reader))


def names() -> list[str]:
    """Voters and their receipts."""
    found = Ballot.objects.values_list("member__username", "receipt")
    return [each for name, receipt in found for each in (name, bytes(receipt).hex())]


def test_the_order_of_a_file_is_that_of_no_other(reader: Client, report: VoteReport) -> None:
    """Neither of the time nor of the voters' ids, and no handle is that of another build."""
    handles = [row["ballot"] for row in ballots(reader)]
    ids = {
        listing.handle_of(report.build_id, bytes(receipt)): (pk, saved_at)
        for pk, saved_at, receipt in Ballot.objects.values_list("pk", "saved_at", "receipt")
    }
    for place in (0, 1):
        order = [ids[handle][place] for handle in handles]
        rising = sum(a < b for a, b in pairwise(order))
        assert 0.3 < rising / len(order) < 0.7
    receipt = Ballot.objects.values_list("receipt", flat=True)[0]
    assert listing.handle_of(report.build_id + 1, bytes(receipt)) not in handles


def test_an_engineer_gets_no_file_at_all(client: Client, report: VoteReport) -> None:
    engineer = make_member()
    Engineer.objects.filter(name="林浩").update(member=engineer)
    client.force_login(engineer)
    pages = [f"/reports/6.11.20/{file.value}" for file in ReportFile] + [
        "/reports/6.11.20/exports/"
    ]
    programs = [f"/api/v1/builds/6.11.20/report{end}" for end in ("", "/themes", "/exports")]
    assert {client.get(address).status_code for address in pages + programs} == {404}
