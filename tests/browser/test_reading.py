"""A long topic: read, left and returned to; read on as one page; and what others say meanwhile."""

import re
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from community.forum.domain.posting import reply
from community.forum.domain.reading import choose_reading
from community.forum.models import Post, ReadMark, Topic
from tests.browser.conftest import OpenAs
from tests.journeys.site import Site

pytestmark = pytest.mark.browser
LONG = "\n\n".join(["又读了一段，还没有读完。"] * 12)


def make_long(topic: Topic, count: int) -> Topic:
    now = timezone.now()
    posts = [
        Post(topic=topic, number=n, body="x", created_at=now, is_by_site=True)
        for n in range(2, count + 1)
    ]
    for post in posts:
        post.take_body(LONG)
    Post.objects.bulk_create(posts)
    Topic.objects.filter(pk=topic.pk).update(post_count=count)
    topic.refresh_from_db()
    return topic


def scroll_to(page: Page, number: int) -> None:
    page.locator(f"#post-{number}").evaluate("post => post.scrollIntoView()")
    expect(page.locator(f"#post-{number}")).to_be_in_viewport()


def told(page: Page, topic: Topic) -> ReadMark:
    """The mark, once what the browser sent on leaving has come."""
    for _ in range(50):
        if mark := ReadMark.objects.filter(topic=topic).first():
            return mark
        page.wait_for_timeout(100)
    pytest.fail("Nobody was told where the page was left.")


def test_read_left_and_returned_to(site: Site, open_as: OpenAs) -> None:
    topic, address = make_long(site.topic, 45), site.topic.get_absolute_url()
    page = open_as("member").new_page()
    page.goto(f"{address}?page=2")
    scroll_to(page, 27)
    page.goto("/forum/bugs/")  # leaving is what tells
    mark = told(page, topic)
    assert mark.place in (26, 27)
    assert mark.last_read >= mark.place
    page.reload()
    page.get_by_role("link", name=topic.title, exact=True).click()
    expect(page).to_have_url(re.compile(rf"\?page=2#post-{mark.place}$"))
    expect(page.locator(f"#post-{mark.place}")).to_be_in_viewport()


def test_one_long_page_keeps_an_address_for_each(site: Site, open_as: OpenAs) -> None:
    make_long(site.topic, 45)
    member = site.people["member"]
    assert member
    choose_reading(member=member, is_continuous=True)
    page = open_as("member").new_page()
    page.goto(site.topic.get_absolute_url())
    page.locator("#more").scroll_into_view_if_needed()
    expect(page.locator("#post-40")).to_be_attached()
    scroll_to(page, 30)
    expect(page).to_have_url(re.compile(r"\?page=2$"))


def test_new_posts_come_when_one_asks_for_them(site: Site, open_as: OpenAs) -> None:
    page = open_as("member").new_page()
    page.clock.install()
    page.goto(site.topic.get_absolute_url())
    reply(
        topic=site.topic,
        author=site.people["manager"],
        body="刚刚说的",
        submission_key=uuid4(),
        at=timezone.now(),
    )
    page.clock.run_for(11_000)
    button = page.get_by_role("button", name="New posts: 1")
    button.click()
    expect(page.locator("#post-2")).to_contain_text("刚刚说的")
    expect(button).to_be_hidden()
