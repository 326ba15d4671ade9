"""A moderator clears the queue by keyboard; and what attackers write stays dead in a browser."""

import re

import pytest
from playwright.sync_api import Dialog, expect

from community.forum.domain.posting import open_topic
from community.forum.models import Board, Post
from community.moderation.domain import cases
from community.moderation.models import Case
from tests.browser.conftest import OpenAs
from tests.community.builds.making import PUBLISH
from tests.community.members.making import make_member
from tests.community.text.attacks import attacks
from tests.journeys.site import Site

pytestmark = pytest.mark.browser
NASTY = re.compile(r"on(error|load|focus|toggle)|javascript:|srcdoc|<svg|<math", re.IGNORECASE)


def test_a_moderator_clears_the_queue_by_keyboard(site: Site, open_as: OpenAs) -> None:
    board = Board.objects.get(slug="bugs")
    for title in ("Buy watches", "Hello there"):
        topic = open_topic(board=board, title=title, body="x", author=make_member(), at=PUBLISH)
        reporter, post = make_member(), topic.posts.get()
        cases.report(kind="post", subject=post.pk, reporter=reporter, reason="spam", at=PUBLISH)
    page = open_as("moderator", locale="en").new_page()
    page.goto("/moderation/")
    keys = page.keyboard
    keys.press("j")
    keys.press("j")
    expect(page.get_by_role("link", name="Hello there")).to_be_focused()
    keys.press("k")
    keys.press("o")
    expect(page.get_by_role("heading", level=1, name="It hangs")).to_be_visible()
    keys.press("c")
    expect(page.get_by_role("button", name="Give it back")).to_be_visible()
    keys.press("a")
    expect(page.get_by_role("heading", level=1, name="Hello there")).to_be_visible()
    keys.press("e")
    keys.type("Rather on the chat board.")
    keys.press("Escape")
    keys.press("w")
    expect(page.get_by_role("heading", level=1, name="Buy watches")).to_be_visible()
    keys.press("h")
    expect(page.get_by_text("Nothing waits")).to_be_visible()
    assert not Case.objects.unsettled().exists()
    assert Post.objects.exclude(hidden_at=None).count() == 2


def test_attacks_stay_dead_in_a_browser(site: Site, open_as: OpenAs) -> None:
    nasty = [text for text in attacks() if NASTY.search(text)][::7]
    board = Board.objects.get(slug="chat")
    title = nasty[0][:200]
    topic = open_topic(board=board, title=title, body="x", author=None, at=PUBLISH)
    posts = [Post(topic=topic, number=n, created_at=PUBLISH) for n in range(2, 21)]
    for n, post in enumerate(posts):
        post.take_body("\n\n".join(nasty[n :: len(posts)])[:20_000])
    Post.objects.bulk_create(posts)
    topic.post_count = 20
    topic.save()
    page = open_as("anonymous").new_page()
    dialogs: list[Dialog] = []
    refused: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog), dialog.dismiss()))
    page.on("console", lambda said: refused.append(said.text) if "policy" in said.text else None)
    page.goto(topic.get_absolute_url())
    expect(page.locator("article.post")).to_have_count(20)
    page.mouse.wheel(0, 100_000)
    assert (dialogs, refused) == ([], [])
