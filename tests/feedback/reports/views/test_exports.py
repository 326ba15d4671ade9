"""A view of a report as a file."""

import csv
import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from feedback.fourgrid.models import Ballot
from feedback.reports.models import VoteReport


def rows(reader: Client, name: str, report: VoteReport, **query: str) -> list[dict[str, str]]:
    answer = reader.get(reverse(f"reports:{name}", args=[report.build.slug]), query)
    assert answer.streaming
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def test_features(reader: Client, report: VoteReport) -> None:
    found = {int(row["feature"]): int(row["named"]) for row in rows(reader, "features_csv", report)}
    assert found == {line["feature"]: line["named"] for line in report.content["features"]}


def test_features_of_a_segment(reader: Client, report: VoteReport) -> None:
    content = report.slices.get(dimension="level", value="1").content
    found = {int(r["feature"]): r["named"] for r in rows(reader, "features_csv", report, level="1")}
    assert found == {line["feature"]: str(line["named"]) for line in content["features"]}


def test_ballots_are_those_of_the_list(reader: Client, report: VoteReport) -> None:
    found = rows(reader, "ballots_csv", report, mood="sad")
    assert len(found) == report.content["mood"]["sad"]
    assert {row["mood"] for row in found} == {"sad"}


def test_ballots_keep_the_secret(reader: Client, report: VoteReport) -> None:
    found = rows(reader, "ballots_csv", report)
    assert all(row["hour"].endswith(":00:00+00:00") for row in found)
    text = json.dumps(found)
    for ballot in Ballot.objects.filter(build=report.build).select_related("member"):
        assert ballot.member.username not in text
        assert bytes(ballot.receipt).hex() not in text


def test_the_whole_report(reader: Client, report: VoteReport) -> None:
    answer = reader.get(reverse("reports:report_json", args=[report.build.slug]))
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.json()["report"] == report.content


@pytest.mark.parametrize("name", ["features_csv", "ballots_csv", "report_json"])
def test_a_segment_not_told_apart_has_no_file(
    reader: Client, report: VoteReport, name: str
) -> None:
    address = reverse(f"reports:{name}", args=[report.build.slug])
    assert reader.get(address, {"region": "Atlantis"}).status_code == 404


def test_the_workbook_has_numbers_as_numbers_and_no_formulas(
    reader: Client, report: VoteReport
) -> None:
    answer = reader.get(reverse("reports:report_xlsx", args=[report.build.slug]))
    with ZipFile(BytesIO(answer.content)) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        cells = "".join(book.read(name).decode() for name in sheets)
        charts = [name for name in book.namelist() if name.startswith("xl/charts/chart")]
    assert (len(sheets), len(charts)) == (5, 2)
    assert "<f>" not in cells
    named = report.content["features"][0]["named"]
    assert f"<v>{named}</v>" in cells
