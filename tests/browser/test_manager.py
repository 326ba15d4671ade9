"""A product manager's week: import, schedule, publish, close, report, award."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from community.builds.models import Build
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.domain.ballots import save_ballot
from tests.browser.conftest import OpenAs
from tests.journeys.site import Site

pytestmark = pytest.mark.browser

NOTES = """## 7.0 - 2026-11-20

### Improvements
- Call recording finds the name by itself (@linhao, @mei)
- Lock screen themes follow the sunset (@mei)

### Bug Fixes
- Fix two alarms that rang as one (@anna)
"""


def vote(site: Site, build: Build) -> None:
    """The member votes while the window is open."""
    features = list(build.features.order_by("position").values_list("pk", flat=True))
    member = site.people["member"]
    assert member
    answers = Answers.parse(
        {"mood": "in_love", "loved": features[:1], "let_down": features[2:], "wishes": []}
    )
    save_ballot(member_id=member.pk, build_id=build.pk, answers=answers)


def test_from_release_notes_to_the_award(site: Site, open_as: OpenAs) -> None:
    page = open_as("manager").new_page()
    page.goto("/studio/import/")
    page.get_by_label("Product").select_option(label="Phone")
    page.locator("textarea[name=text]").fill(NOTES)
    page.get_by_role("button", name="Read them").click()
    expect(page.get_by_text("nothing is saved yet")).to_be_visible()
    page.get_by_role("button", name="Save this").first.click()
    expect(page.get_by_role("heading", name="7.0")).to_be_visible()

    page.get_by_role("link", name="Choose the release day").click()
    page.get_by_role("button", name=re.compile("Schedule")).click()
    expect(page.get_by_text("7.0 is scheduled.")).to_be_visible()
    page.get_by_text("Publish now").click()
    page.get_by_role("button", name="Publish 7.0 now").click()
    expect(page.get_by_text("7.0 is out.")).to_be_visible()
    page.goto("/builds/7.0/")
    expect(page.get_by_text("Call recording finds the name by itself")).to_be_visible()

    build = Build.objects.get(version="7.0")
    vote(site, build)
    assert build.award_at
    call_command("advance", "--at", (build.award_at - timedelta(hours=1)).isoformat())
    page.goto("/reports/7.0/")
    expect(page.get_by_role("heading", name="Build 7.0")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Call recording")).first).to_be_visible()

    page.goto("/popcorn/7.0/")
    page.get_by_role("button", name="Announce now").click()
    expect(page.get_by_text("The award is out.")).to_be_visible()
    visitor = open_as("anonymous").new_page()
    visitor.goto("/popcorn/7.0/")
    expect(visitor.get_by_text("Not enough votes this week").first).to_be_visible()
    assert Build.objects.get(pk=build.pk).state == Build.State.AWARDED
    assert build.award_at > timezone.now()
