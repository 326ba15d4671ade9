"""A wish on a phone: typed, a duplicate found, made, voted for, decided, shipped, told, rated."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from community.builds.domain import week
from community.builds.models import Build
from community.forum.tasks import index_posts
from feedback.proposals.domain import answer_proposal, create_proposal
from feedback.proposals.models import Proposal
from tests.browser.conftest import OpenAs
from tests.browser.test_member import await_script, cell, next_cell
from tests.community.builds.making import State, make_build
from tests.feedback.reports.making import close, put, vote
from tests.journeys.site import Site

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def coming(site: Site) -> Build:
    """A build whose wish round is open now, whatever the day."""
    days = 9 if timezone.now().weekday() != 6 else 8
    build = make_build(
        State.SCHEDULED,
        site.product,
        version="9",
        release_on=(timezone.now().date() + timedelta(days=days)),
    )
    edges = {"wishes_open_at": timezone.now() - timedelta(days=1)}
    Build.objects.filter(pk=build.pk).update(**edges)
    create_proposal(product=site.product, title="通话自动录音", area="电话", at=timezone.now())
    index_posts()
    return build


def test_from_typing_to_rated(site: Site, coming: Build, open_as: OpenAs) -> None:
    page = open_as("member", **PHONE).new_page()
    page.goto("/wishes/")
    page.get_by_role("link", name="Make a wish").tap()
    page.get_by_label("Product").select_option(label="Phone")
    page.get_by_label("What do you wish for?").press_sequentially("自动录音")
    known = page.get_by_role("region", name="Has somebody wished for this already?")
    expect(known.get_by_role("link", name="通话自动录音")).to_be_visible()
    page.get_by_label("What do you wish for?").fill("录音自动转成文字")
    page.get_by_role("button", name="Publish the wish").tap()
    expect(page.get_by_role("heading", name="录音自动转成文字")).to_be_visible()

    page.get_by_role("button", name="2 votes").tap()
    expect(page.get_by_role("heading", name=re.compile("2 votes from 1 member"))).to_be_visible()
    wish = Proposal.objects.get(title="录音自动转成文字")

    desk = open_as("manager", **PHONE).new_page()
    desk.goto(f"/wishes/decide/{coming.slug}/")
    desk.get_by_label("Choose “录音自动转成文字”").check()
    desk.get_by_label("Reason").fill("Everybody asks for it.")
    desk.get_by_role("button", name="Publish the answers").tap()
    expect(desk.get_by_text("1 wish answered.")).to_be_visible()
    page.goto("/plan/")
    expect(page.get_by_role("link", name="录音自动转成文字")).to_be_visible()

    wish.refresh_from_db()
    manager = site.people["manager"]
    feature = coming.features.order_by("position").first()
    answer_proposal(
        proposal=wish, status="in_development", by=manager, at=timezone.now(),
        accepted_for=coming, built_as=feature,
    )  # fmt: skip
    week.publish(build_id=coming.pk, at=timezone.now(), is_early=True)
    call_command("advance")
    page.goto("/notices/")
    page.get_by_role("link", name=re.compile("You asked, .* built it")).first.tap()
    journey = page.get_by_role("region", name="What becomes of it")
    expect(journey).to_contain_text("林浩")
    expect(journey).to_contain_text("shipped")
    expect(journey).to_contain_text("once the reports on that build may be shown to you")

    # Who wished for it loves it, and so do others.
    assert feature
    love(page, coming, feature.title)
    coming.refresh_from_db()
    put(vote(coming, loved=[feature.pk]) for _ in range(5))
    close(coming)
    page.goto(wish.get_absolute_url())
    expect(journey.locator(".is-done", has_text="Rated")).to_contain_text("6 loved it")


def love(page: Page, build: Build, title: str) -> None:
    """The four grids on a phone: this change is the most loved."""
    page.goto(f"/builds/{build.slug}/ballot/")
    await_script(page)
    cell(page, 1).get_by_text("In love").tap()
    next_cell(page)
    cell(page, 2).get_by_role("button", name=title).tap()
    next_cell(page)
    cell(page, 3).get_by_text("Nothing did").tap()
    next_cell(page)
    cell(page, 4).get_by_role("button", name="通话自动录音").tap()
    page.get_by_role("button", name="Send my report").tap()
    expect(page.get_by_role("region", name="Your report counts")).to_be_visible()
