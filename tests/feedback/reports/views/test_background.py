"""Files in the background, as a page and for programs; nobody else's, and only while one may."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from community.moderation.models import LogEntry
from feedback.reports.models import ReportExport, ReportFile, VoteReport
from feedback.reports.tasks import make_exports
from tests.community.builds.making import make_member
from tests.community.members.making import queries_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def ask(client: Client, report: VoteReport, file: str = "ballots.csv", query: str = "") -> str:
    """Asked for on the page; gives the page's address."""
    address = reverse("reports:exports", args=[report.build.slug])
    answer = client.post(f"{address}{query}", {"file": file, "key": str(uuid4())})
    assert answer.status_code == 302
    return address


@pytest.mark.parametrize("file", ReportFile.values)
def test_every_file_is_that_of_the_direct_address(
    reader: Client, report: VoteReport, file: str
) -> None:
    page = ask(reader, report, file, "?level=1")
    assert "hx-get" in reader.get(page).content.decode()
    make_exports()
    assert "hx-get" not in reader.get(page).content.decode().partition('id="exports"')[2]
    export = ReportExport.objects.get()
    made = reader.get(reverse("reports:export", args=[report.build.slug, export.pk]))
    at_once = reader.get(f"/reports/{report.build.slug}/{file}?level=1")
    contents = [
        b"".join(answer.streaming_content) if answer.streaming else answer.content
        for answer in (made, at_once)
    ]
    assert contents[0] == contents[1] or file == ReportFile.WORKBOOK
    for header in ("Content-Type", "Content-Disposition"):
        assert made[header] == at_once[header]


def test_it_is_its_owners_while_the_report_is(
    reader: Client, report: VoteReport, manager: Member, client: Client
) -> None:
    ask(reader, report)
    make_exports()
    address = reverse("reports:export", args=[report.build.slug, ReportExport.objects.get().pk])
    assert reader.get(address).getvalue().startswith(b"\xef\xbb\xbfballot")
    assert LogEntry.objects.filter(act="take_ballots").count() == 1
    other = make_member(is_staff=True)
    report.build.product.managers.add(other)
    colleague = Client()
    colleague.force_login(other)
    assert colleague.get(address).status_code == 404
    report.build.product.managers.remove(manager)
    assert reader.get(address).status_code == 404


def test_long_lists_lead_to_the_background(
    reader: Client, report: VoteReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    from feedback.reports import files

    at_once = reverse("reports:ballots_csv", args=[report.build.slug])
    page = reverse("reports:detail", args=[report.build.slug])
    assert at_once in reader.get(page).content.decode()
    monkeypatch.setattr(files, "MOST_AT_ONCE", report.ballots - 1)
    assert at_once not in reader.get(page).content.decode()


def test_programs_ask_once_and_fetch(reader: Client, report: VoteReport) -> None:
    address = reverse("api_export_list", args=[report.build.slug])
    headers = {"Idempotency-Key": str(uuid4())}
    asked = [
        reader.post(f"{address}?mood=sad", {"file": file}, "application/json", headers=headers)
        for file in ("ballots.csv", "ballots.csv", "report.pdf")
    ]
    assert [answer.status_code for answer in asked] == [202, 202, 422]
    pk = asked[0].json()["id"]
    assert asked[1].json()["id"] == pk
    file = reverse("api_export_file", args=[report.build.slug, pk])
    assert reader.get(file).status_code == 404
    make_exports()
    told = reader.get(reverse("api_export", args=[report.build.slug, pk])).json()
    assert (told["state"], told["part"]) == ("ready", {"mood": "sad"})
    assert told["rows_done"] == told["rows_all"] == report.content["mood"]["sad"]
    lines = b"".join(reader.get(file).streaming_content).count(b"\r\n")
    assert lines >= told["rows_all"] + 1
    assert [each["id"] for each in reader.get(address).json()] == [pk]


def test_files_cost_no_queries_each(reader: Client, report: VoteReport) -> None:
    slug, asked = report.build.slug, []
    pages = [reverse(name, args=[slug]) for name in ("reports:exports", "api_export_list")]
    for file in ("ballots.csv", "features.csv", "report.json"):
        ask(reader, report, file)
        make_exports()
        asked.append([queries_for(reader, page) for page in pages])
    assert asked[2] == asked[0]
