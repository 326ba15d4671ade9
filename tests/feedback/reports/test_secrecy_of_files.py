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
from zipfile import ZipFile

import pypdfium2
import pytest
from django.test import Client

from community.builds.models import Engineer, Product
from community.members.models import Member
from feedback.fourgrid.models import Ballot
from feedback.reports import files
from feedback.reports.domain import folding, listing, refresh
from feedback.reports.domain.folding import DIMENSIONS, FEWEST, OTHER
from feedback.reports.domain.listing import Asked
from feedback.reports.models import ReportFile, VoteReport, VoterGroup
from tests.community.builds.making import HOUR, MINUTE, PUBLISH, make_member
from tests.feedback.reports.making import FROZEN, close, open_build, put, random_votes, store, vote

pytestmark = pytest.mark.django_db

VOTERS = 150


@pytest.fixture(scope="module")
def made_report(made_product: Product) -> VoteReport:
    return make_report(made_product)


def make_report(product: Product) -> VoteReport:
    build = open_build(product, version="6.11.20")
    put(random_votes(build, VOTERS))
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


@pytest.mark.parametrize("file", ReportFile)
def test_a_handful_has_no_file(reader: Client, report: VoteReport, file: ReportFile) -> None:
    small = "level=9"
    address = f"/reports/6.11.20/{file.value}?{small}"
    later = f"/api/v1/builds/6.11.20/report/exports?{small}"
    asked = reader.post(later, {"file": file.value}, "application/json")
    assert (reader.get(address).status_code, asked.status_code) == (404, 404)


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


def test_the_workbook_holds_figures_and_nothing_else(reader: Client, report: VoteReport) -> None:
    rows = ballots(reader)
    with ZipFile(io.BytesIO(take(reader, ReportFile.WORKBOOK))) as book:
        parts = {name: book.read(name).decode("utf-8", "ignore") for name in book.namelist()}
    everything = "".join(parts.values())
    sheets = {name: text for name, text in parts.items() if "worksheets/sheet" in name}
    figures = set(re.findall(r"<v>([\d.]+)</v>", "".join(sheets.values())))
    caches = set(re.findall(r"<c:v>([\d.]+)</c:v>", everything))
    assert caches <= figures
    assert not any(row["ballot"] in everything or row["hour"] in everything for row in rows)
    assert not any(name in everything for name in names())


def test_the_sheet_of_paper_names_nobody(reader: Client, report: VoteReport) -> None:
    with pypdfium2.PdfDocument(take(reader, ReportFile.PDF)) as document:
        (text,) = [page.get_textpage().get_text_bounded() for page in document]
        about = document.get_metadata_dict()
    assert not any(name in text or name in str(about) for name in names())
    assert not any(row["ballot"][:12] in text for row in ballots(reader))


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
