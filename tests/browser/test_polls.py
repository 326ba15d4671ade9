"""A ranked poll on a phone: by keyboard alone, and by a finger."""

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


def test_ranking_by_a_finger_on_the_grip(open_as: OpenAs, site: Site) -> None:
    poll = make_poll(site.topic, by=site.people["manager"], kind="ranked", method="schulze")
    page = open_as("member", viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    page.goto(site.topic.get_absolute_url())
    panel = page.locator(f"#poll-{poll.pk}")
    grips = panel.locator("[data-grip]")
    grips.first.scroll_into_view_if_needed()
    first, third = (grips.nth(n).bounding_box() for n in (0, 2))
    assert first
    assert third
    # What Playwright calls a touchscreen only taps: the fingers of the protocol drag.
    fingers = page.context.new_cdp_session(page)

    def touch(event: str, *at: tuple[float, float]) -> None:
        points = [{"x": x, "y": y} for x, y in at]
        fingers.send("Input.dispatchTouchEvent", {"type": event, "touchPoints": points})

    x = third["x"] + third["width"] / 2
    from_y, to_y = third["y"] + third["height"] / 2, first["y"] + first["height"] / 2
    touch("touchStart", (x, from_y))
    touch("touchMove", (x, (from_y + to_y) / 2))
    touch("touchMove", (x, to_y))
    touch("touchEnd")
    expect(panel.get_by_role("status")).to_have_text("Chattanooga: place 1 of 1")
    expect(panel.locator("[data-option]").first).to_contain_text("Chattanooga")
