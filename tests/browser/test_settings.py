"""A product's settings: tried and saved on a phone, while another manager has an old page open."""

import re

import pytest
from playwright.sync_api import expect

from community.builds.models import SettingsChange
from feedback.fourgrid.sections import ELIGIBILITY
from tests.browser.conftest import OpenAs
from tests.browser.test_wednesday import PHONE
from tests.journeys.site import Site

pytestmark = pytest.mark.browser
OLDER, VERIFIED = "Only accounts older than the build", "Only members whose device runs the build"


def test_one_tries_and_saves_the_other_is_told(site: Site, open_as: OpenAs) -> None:
    address = f"/studio/products/{site.product.slug}/eligibility/"
    first, second = open_as("manager", **PHONE).new_page(), open_as("admin").new_page()
    for page in (first, second):
        page.goto(address)

    first.get_by_label(OLDER).check()
    first.get_by_role("button", name="Preview").tap()
    preview = first.get_by_role("region", name=f"What it would have changed on {site.closed}")
    expect(preview.get_by_role("row", name=re.compile("Could have voted"))).to_be_visible()
    assert first.evaluate("document.documentElement.scrollWidth") == 390
    assert not SettingsChange.objects.exists()
    first.get_by_role("button", name="Save").tap()
    expect(first.get_by_text("Saved.")).to_be_visible()

    second.get_by_label(VERIFIED).check()
    second.get_by_role("button", name="Save").click()
    told = second.get_by_role("region", name="Somebody changed these settings meanwhile")
    expect(told).to_contain_text(f"{OLDER}: no → yes")
    expect(second.get_by_label(VERIFIED)).to_be_checked()
    second.get_by_label(OLDER).check()
    second.get_by_role("button", name="Save").click()
    expect(second.get_by_text("Saved.")).to_be_visible()
    site.product.refresh_from_db()
    assert all(ELIGIBILITY.read(site.product).values())
    saved = SettingsChange.objects.order_by("version")
    assert list(saved.values_list("changed_by", flat=True)) == [
        getattr(site.people[role], "pk", None) for role in ("manager", "admin")
    ]
