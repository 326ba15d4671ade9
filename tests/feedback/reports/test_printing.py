"""The first page in print: one sheet, both scripts, and nothing of what people wrote is markup."""

import subprocess
import sys
from datetime import UTC, datetime

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from community.members.models import Member
from feedback.reports.models import VoteReport
from feedback.reports.printing import press
from feedback.reports.printing.page import Page, first_page

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 11, 25, tzinfo=UTC)
MARKUP = '#eval("1+1") #read("/etc/passwd") $x$ *b* \\ "]) #panic() <svg/> {{ 7 }}'


def text_of(written: bytes) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(written) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def page_of(report: VoteReport, reader: Member) -> Page:
    return first_page(report, report.content, None, reader)


def test_one_sheet_in_the_readers_language(reader: Client, report: VoteReport) -> None:
    address = reverse("reports:report_pdf", args=[report.build.slug])
    answer = reader.get(address, headers={"accept-language": "zh-hans"})
    (text,) = text_of(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    assert "更新地图" in text
    assert report.content["features"][0]["title"] in text
    assert reverse("reports:detail", args=[report.build.slug]) in text


def test_what_people_wrote_stays_text_on_one_sheet(report: VoteReport, manager: Member) -> None:
    for line in report.content["features"]:
        line["title"] = MARKUP + "很长的标题" * 20
    page = page_of(report, manager)
    page["title"] = MARKUP
    (text,) = text_of(press.pdf(page, at=MOMENT))
    assert MARKUP[:40] in text


def test_the_same_page_gives_the_same_bytes(report: VoteReport, manager: Member) -> None:
    with translation.override("en"):
        page = page_of(report, manager)
    assert press.pdf(page, at=MOMENT) == press.pdf(page, at=MOMENT)


@pytest.mark.parametrize(
    ("reach", "refusal"),
    [
        ("open('/etc/passwd')", b"Too many open files"),
        ("socket.socket()", b"Too many open files"),
    ],
)
def test_the_typesetter_reaches_nothing(reach: str, refusal: bytes) -> None:
    head = f"import runpy, socket; locked = runpy.run_path({str(press.TYPESETTER)!r})['lock_in']"
    code = [f"{head}; locked(); {reach}", f"{head}; {reach}"]
    shut, control = (
        subprocess.run([sys.executable, "-I", "-c", each], capture_output=True, check=False)
        for each in code
    )
    assert refusal in shut.stderr
    assert control.returncode == 0
