"""The four grids by keyboard alone and by dragging, and a ballot changed in two places."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from community.builds.models import Build, Feature
from feedback.fourgrid.domain.answers import Answers
from feedback.fourgrid.domain.ballots import save_ballot
from feedback.fourgrid.models import Ballot
from tests.browser.conftest import OpenAs
from tests.journeys.site import Site

pytestmark = pytest.mark.browser


def picks(page: Page, cell: str) -> list[str]:
    return page.locator(f"[data-cell={cell}] .pick-name").all_inner_texts()


def open_ballot(page: Page, build: Build) -> list[str]:
    page.goto(f"/builds/{build.slug}/ballot/")
    expect(page.locator("form.is-enhanced")).to_be_visible()
    features = Feature.objects.filter(build=build).order_by("position")
    return list(features.values_list("title", flat=True))


def test_the_keyboard_alone_fills_in_and_sends(build: Build, open_as: OpenAs) -> None:
    page = open_as("member").new_page()
    first, second, *_ = open_ballot(page, build)
    keys = page.keyboard
    page.locator("[name=mood]").first.focus()
    keys.press("Space")
    page.locator("[data-cell=loved] [data-add]").focus()
    for key in ("Enter", "Enter", "ArrowDown", "Enter", "Escape"):
        keys.press(key)
    assert picks(page, "loved") == [first, second]
    page.locator("[data-cell=loved] .pick-name").nth(1).focus()
    keys.press("Alt+ArrowUp")
    assert picks(page, "loved") == [second, first]
    for cell in ("let_down", "wishes"):
        page.locator(f"[data-cell={cell}] [data-none]").focus()
        keys.press("Space")
    page.locator("[data-send]").focus()
    keys.press("Enter")
    expect(page.get_by_role("region", name="Your report counts")).to_be_visible()
    ballot = Ballot.objects.get(build=build)
    titles = [Feature.objects.get(pk=pk).title for pk in ballot.loved]
    assert (titles, ballot.let_down, ballot.wishes) == ([second, first], [], [])


def test_a_pick_is_dragged_to_another_place_and_cell(
    build: Build,
    open_as: OpenAs,
) -> None:
    page = open_as("member", viewport={"width": 1280, "height": 1200}).new_page()
    first, second, *_ = open_ballot(page, build)
    page.locator("[data-cell=loved] [data-add]").click()
    for place in (0, 1):
        page.locator("[data-cell=loved] .option").nth(place).click()
    page.keyboard.press("Escape")
    drag(page, "[data-cell=loved] .pick:nth-child(2)", "[data-cell=loved] .pick:nth-child(1)")
    assert picks(page, "loved") == [second, first]
    drag(page, "[data-cell=loved] .pick:nth-child(1)", "[data-cell=let_down] [data-add]")
    assert (picks(page, "loved"), picks(page, "let_down")) == ([first], [second])


def drag(page: Page, what: str, onto: str) -> None:
    """Take a pick by its number and let it go at the top of something else."""
    grip = page.locator(f"{what} [data-grip]").bounding_box()
    goal = page.locator(onto).bounding_box()
    assert grip
    assert goal
    page.mouse.move(grip["x"] + 8, grip["y"] + 8)
    page.mouse.down()
    page.mouse.move(goal["x"] + 30, goal["y"] + 2, steps=6)
    page.mouse.up()


def test_a_ballot_changed_elsewhere_is_not_overwritten_unasked(
    site: Site,
    build: Build,
    open_as: OpenAs,
) -> None:
    member = site.people["member"]
    assert member
    answers = Answers(Ballot.Mood.HAPPY, (), (), ())
    save_ballot(member_id=member.pk, build_id=build.pk, answers=answers)
    page = open_as("member").new_page()
    open_ballot(page, build)
    elsewhere = replace(answers, mood=Ballot.Mood.SAD)
    save_ballot(member_id=member.pk, build_id=build.pk, answers=elsewhere)
    page.get_by_text("In love").click()
    page.get_by_role("button", name="Send the change").click()
    expect(page.get_by_text("You have changed this ballot elsewhere")).to_be_visible()
    assert Ballot.objects.get(build=build).mood == Ballot.Mood.SAD
    page.get_by_role("button", name="Send this one").click()
    expect(page.locator("#ballot-bar.is-sent")).to_be_attached()
    assert Ballot.objects.get(build=build).mood == Ballot.Mood.IN_LOVE
