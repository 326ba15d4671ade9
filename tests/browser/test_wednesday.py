"""A manager's Wednesday: from the mail to a file; two at once; and on a phone."""

import re
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from community.builds.models import Product
from community.forum.models import Topic
from community.notices.tasks import send_all_due
from feedback.reports.domain.telling import tell_due
from feedback.reports.models import ThemeCorrection, VoteReport
from feedback.reports.tasks import make_exports
from tests.browser.conftest import OpenAs
from tests.community.builds.making import AWARD, MINUTE, make_product
from tests.feedback.reports.domain.themes.making import CRASH, DRAIN, the_theme, themed_report
from tests.journeys.site import Site

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def report(site: Site, settings: Any, tmp_path: Any) -> VoteReport:
    """Of a product with two managers."""
    settings.MEDIA_ROOT = str(tmp_path)
    managers = [site.people[role] for role in ("manager", "admin")]
    product: Product = make_product("tablet", managers=tuple(each for each in managers if each))
    return themed_report(product, *CRASH, *DRAIN)


def open_from_mail(page: Page, report: VoteReport) -> None:
    """Follow the first link of the manager's mail."""
    tell_due(at=AWARD)
    send_all_due(AWARD + 10 * MINUTE)
    (sent,) = [each for each in mail.outbox if each.to == ["manager@example.org"]]
    link = re.search(r"https?://[^/]+(/notices/\S+)", str(sent.body))
    assert link
    page.goto(link[1])
    expect(page.get_by_role("heading", name=f"Build {report.build}")).to_be_visible()


def test_from_the_mail_to_a_file(open_as: OpenAs, report: VoteReport) -> None:
    page = open_as("manager").new_page()
    open_from_mail(page, report)

    page.get_by_role("link", name=str(the_theme(report, "crash")), exact=True).click()
    page.get_by_label("Name").fill("Camera crashes")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_role("heading", name="Camera crashes")).to_be_visible()

    page.get_by_role("link", name="Follow up").click()
    form = page.locator("form", has=page.locator("input[value=topic]"))
    form.get_by_label("Title").fill("The camera closes by itself")
    form.get_by_label("Text").fill("Since this build, when a picture is taken.")
    form.get_by_role("button").click()
    expect(page.get_by_role("link", name="The camera closes by itself")).to_be_visible()
    assert Topic.objects.filter(title="The camera closes by itself").count() == 1

    page.goto(f"/reports/{report.build.slug}/")
    page.get_by_text("Export", exact=True).click()
    page.get_by_role("link", name="In the background").click()
    page.get_by_role("button", name="Ballots").dblclick()
    expect(page.get_by_text("in the queue")).to_have_count(1)
    make_exports()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == f"{report.build.slug}-ballots.csv"


def test_two_managers_at_once(open_as: OpenAs, report: VoteReport) -> None:
    theme = the_theme(report, "crash")
    address = f"/reports/{report.build.slug}/themes/{theme.pk}/"
    first, second = open_as("manager").new_page(), open_as("admin").new_page()
    for page, name in ((first, "Camera crashes"), (second, "Photos")):
        page.goto(address)
        page.get_by_label("Name").fill(name)
    first.get_by_role("button", name="Rename").click()
    expect(first.get_by_role("heading", name="Camera crashes")).to_be_visible()

    second.get_by_role("button", name="Rename").click()
    expect(second.get_by_text("has put this theme right while you had it open")).to_be_visible()
    expect(second.get_by_role("heading", name="Camera crashes")).to_be_visible()
    expect(second.get_by_label("Name")).to_have_value("Photos")
    second.get_by_role("button", name="Rename").click()
    expect(second.get_by_role("heading", name="Photos")).to_be_visible()
    assert list(ThemeCorrection.objects.order_by("pk").values_list("name", flat=True)) == [
        "Camera crashes",
        "Photos",
    ]


def test_the_report_on_a_phone(open_as: OpenAs, report: VoteReport) -> None:
    page = open_as("manager", **PHONE).new_page()
    page.goto(f"/reports/{report.build.slug}/")
    page.get_by_text("Export", exact=True).tap()
    box = page.get_by_role("link", name="The first page").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.get_by_role("link", name="In the background").tap()
    expect(page.get_by_role("heading", name=f"Files of {report.build}")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
