"""A member's week on a phone: sign up, fill in four grids, send, change, lose the network."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Locator, Page, expect

from community.builds.models import Build
from feedback.fourgrid.models import Ballot, BallotDraft
from tests.browser.conftest import OpenAs

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
CODE = re.compile(r"^[A-Z0-9-]{6,}$", re.MULTILINE)


def sign_up(page: Page) -> None:
    page.goto("/accounts/signup/")
    page.get_by_label("E-mail").fill("newcomer@example.org")
    page.get_by_label("Login name").fill("newcomer")
    page.get_by_label("Display name").fill("Newcomer")
    page.get_by_label("Password").fill("a long walk by the lake")
    page.get_by_role("button", name="Sign up").tap()
    expect(page.get_by_role("heading", name="Enter the code")).to_be_visible()
    [letter] = mail.outbox
    code = CODE.search(str(letter.body))
    assert code
    page.get_by_label("Code").fill(code[0])
    page.get_by_role("button", name="Confirm").tap()
    expect(page.get_by_role("heading", name="This week", exact=True)).to_be_attached()


def cell(page: Page, number: int) -> Locator:
    """One of the four cells, by its number."""
    return page.get_by_role("group", name=re.compile(f"^{number} ·"))


def await_script(page: Page) -> None:
    """Until then the page is a plain form with all cells in sight."""
    expect(page.locator("#ballot.is-enhanced")).to_be_attached()


def next_cell(page: Page) -> None:
    page.get_by_role("button", name="Next").tap()


def fill_in_two_cells(page: Page, build: Build) -> None:
    """The mood, and one feature that was loved."""
    loved = build.features.get(position=1)
    await_script(page)
    cell(page, 1).get_by_text("In love").tap()
    next_cell(page)
    cell(page, 2).get_by_role("button", name=loved.title).tap()


def test_from_signing_up_to_a_changed_ballot(build: Build, open_as: OpenAs) -> None:
    page = open_as(**PHONE).new_page()
    sign_up(page)
    page.get_by_role("link", name="5", exact=True).tap()
    page.get_by_role("link", name="Fill in your four grids").first.tap()

    fill_in_two_cells(page, build)
    next_cell(page)
    cell(page, 3).get_by_text("Nothing did").tap()
    next_cell(page)
    cell(page, 4).get_by_role("button", name="Silence").tap()
    page.get_by_role("button", name="Send my report").tap()
    receipt = page.get_by_role("region", name="Your report counts")
    expect(receipt).to_be_visible()
    ballot = Ballot.objects.get(build=build)
    expect(receipt).to_contain_text(bytes(ballot.receipt).hex())

    receipt.get_by_role("button", name="Change my report").tap()
    cell(page, 1).get_by_text("Hopeful").tap()
    for _step in range(3):
        next_cell(page)
    page.get_by_role("button", name="Send the change").tap()
    expect(receipt).to_be_visible()
    changed = Ballot.objects.get(build=build)
    assert (changed.pk, changed.revision, changed.mood) == (ballot.pk, 2, Ballot.Mood.HOPEFUL)
    assert changed.loved == [build.features.get(position=1).pk]


def test_a_ballot_outlives_its_page_and_the_network(build: Build, open_as: OpenAs) -> None:
    phone = open_as("member", **PHONE)
    page = phone.new_page()
    page.goto(f"/builds/{build.slug}/ballot/")
    phone.set_offline(True)
    fill_in_two_cells(page, build)
    page.close()
    assert not BallotDraft.objects.exists()

    phone.set_offline(False)
    page = phone.new_page()
    page.goto(f"/builds/{build.slug}/ballot/")
    await_script(page)
    cell(page, 3).get_by_text("Nothing did").tap()
    next_cell(page)
    cell(page, 4).get_by_text("Nothing at the moment").tap()
    phone.set_offline(True)
    page.get_by_role("button", name="Send my report").tap()
    expect(page.get_by_text("goes out by itself")).to_be_visible()
    phone.set_offline(False)
    expect(page.get_by_role("region", name="Your report counts")).to_be_visible()
    expect(page.get_by_text("goes out by itself")).to_be_hidden()
    ballot = Ballot.objects.get(build=build)
    assert (ballot.revision, ballot.mood) == (1, Ballot.Mood.IN_LOVE)
    assert ballot.loved == [build.features.get(position=1).pk]
