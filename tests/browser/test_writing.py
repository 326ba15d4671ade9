"""Writing in the forum, as people do it: dropping pictures, input methods, two tabs, no scripts."""

import io
import re
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from community.forum.models import Draft, Post, Topic
from tests.browser.conftest import OpenAs
from tests.community.members.making import make_member
from tests.journeys.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DROP = """data => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], "crash.png", { type: "image/png" }));
  return transfer;
}"""
# An Enter (with and without Ctrl) that an input method takes for itself.
COMPOSED_ENTER = """area => {
  for (const ctrlKey of [false, true]) {
    const options = { key: "Enter", isComposing: true, ctrlKey, bubbles: true, cancelable: true };
    area.dispatchEvent(new KeyboardEvent("keydown", options));
  }
}"""


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def words(page: Page) -> Any:
    return page.locator(".composer textarea")


def containing(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text))


def picture() -> str:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "orange").save(file, "PNG")
    return b64encode(file.getvalue()).decode()


def test_a_bug_with_a_dropped_picture_and_a_second_person_who_met_it(
    open_as: OpenAs, site: Site
) -> None:
    # Of somebody trusted: a newcomer's first picture waits for approval.
    page = open_as("moderator").new_page()
    page.goto("/forum/bugs/new/")
    assert "What happened" in words(page).input_value()
    page.get_by_label("Title").fill("相机闪退")
    page.get_by_label("Build").select_option(site.published.slug)
    expect(words(page)).to_have_value(containing(site.published.version))
    words(page).fill("It hangs.\n\n")
    transfer = page.evaluate_handle(DROP, picture())
    page.dispatch_event(".composer", "drop", {"dataTransfer": transfer})
    expect(words(page)).to_have_value(containing("/pictures/"))
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("[data-preview-pane] img")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".post .prose img")).to_be_visible()

    second = open_as("engineer").new_page()
    second.goto(page.url)
    second.get_by_role("link", name="Me too").click()
    second.get_by_label("Device").fill("Mi 9")
    second.get_by_role("button", name="Me too").click()
    expect(second.get_by_role("link", name="Me too 1")).to_be_visible()
    assert Topic.objects.get(title="相机闪退").me_too_count == 1
    assert not Draft.objects.exists()


def test_enter_in_a_composition_never_sends(open_as: OpenAs, site: Site) -> None:
    page = open_as("member").new_page()
    page.goto(site.topic.get_absolute_url())
    words(page).fill("你hao")
    words(page).evaluate(COMPOSED_ENTER)
    page.wait_for_timeout(300)
    assert Post.objects.filter(body__startswith="你").count() == 0
    words(page).press("Control+Enter")  # and control: a real one does
    expect(page.locator("#post-2 .prose")).to_have_text("你hao")


def test_initials_find_a_name_while_one_types(open_as: OpenAs, site: Site) -> None:
    make_member("xiaomi-fan", display_name="小米")
    page = open_as("member").new_page()
    page.goto(f"/forum/topics/{site.topic.pk}/reply/")
    words(page).press_sequentially("你好@xm")
    expect(page.get_by_role("option", name="小米")).to_be_visible()
    words(page).press("Enter")
    expect(words(page)).to_have_value("你好@小米 ")


def test_two_tabs_with_one_draft_lose_neither_text(open_as: OpenAs, site: Site) -> None:
    context = open_as("member")
    one, two = context.new_page(), context.new_page()
    for page in (one, two):
        page.goto("/forum/chat/new/")
    words(one).fill("from the first")
    expect(one.locator("[data-kept]")).to_have_text("Draft kept on your account")
    words(two).fill("from the second")
    dialog = two.get_by_role("dialog")
    expect(dialog).to_contain_text("from the first")
    expect(dialog).to_contain_text("from the second")
    dialog.get_by_role("button", name="Take that one").click()
    expect(words(two)).to_have_value("from the first")
    words(two).press_sequentially("!")
    expect(two.locator("[data-kept]")).to_have_text("Draft kept on your account")
    one.reload()
    expect(words(one)).to_have_value("from the first!")


def test_reading_quoting_and_replying_need_no_scripts(open_as: OpenAs, site: Site) -> None:
    page = open_as("member", java_script_enabled=False).new_page()
    page.goto(site.topic.get_absolute_url())
    expect(page.locator("#post-1")).to_contain_text("Often.")
    page.get_by_role("link", name="Quote post 1").click()
    words(page).fill(words(page).input_value() + "\nHere too. [[3]]")
    page.get_by_role("button", name="Send the reply").click()
    expect(page.locator("#post-2 blockquote")).to_contain_text("Often.")
    expect(page.locator("#post-2 a.reference")).to_have_attribute("href", "/builds/3/")
    page.locator("#post-1").get_by_role("link", name="React to post 1").click()
    page.get_by_role("button", name="Thanks").click()
    expect(page.locator("#post-1 .reactions")).to_contain_text("Thanks 1")
