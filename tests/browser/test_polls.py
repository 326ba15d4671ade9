"""A ranked poll on a phone, by keyboard alone."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from feedback.polls.models import Choice
from tests.browser.conftest import OpenAs
from tests.feedback.polls.making import make_poll
from tests.journeys.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_ranking_by_keyboard_on_a_phone(open_as: OpenAs, site: Site) -> None:
    poll = make_poll(site.topic, by=site.people["manager"], kind="ranked", method="schulze")
    assert poll.opens_at < timezone.now()
    page = open_as("member", viewport={"width": 390, "height": 844}).new_page()
    page.goto(site.topic.get_absolute_url())
    panel = page.locator(f"#poll-{poll.pk}")
    for name in ("Knoxville", "Memphis", "Nashville"):
        panel.get_by_role("button", name=f"Move {name} up").press("Enter")
    up = panel.get_by_role("button", name="Move Nashville up")
    up.press("Enter")
    expect(up).to_be_focused()
    expect(panel.get_by_role("status")).to_have_text("Nashville: place 2 of 3")
    panel.get_by_role("button", name="Move Memphis down").press("Enter")
    expect(panel.get_by_role("status")).to_have_text("Memphis: not ranked")
    panel.get_by_label("Place of Chattanooga").select_option("1")
    panel.get_by_role("button", name="Vote").press("Enter")
    expect(panel.get_by_role("button", name="Change my vote")).to_be_visible()
    expect(panel.locator(".poll-result")).to_contain_text(
        "“Chattanooga” wins by the Schulze method"
    )
    chosen = Choice.objects.filter(ballot__poll=poll).order_by("rank")
    assert list(chosen.values_list("option__text", flat=True)) == [
        "Chattanooga",
        "Knoxville",
        "Nashville",
    ]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
