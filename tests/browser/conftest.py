"""A whole small site behind a real server, and signed-in browser contexts on it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from community.builds.domain import week
from community.builds.models import Build
from orangefriday.week import forget
from tests.community.builds.making import CLOSE, FRIDAY, State, make_build
from tests.journeys.site import KEY, Site, make_site

OpenAs = Callable[..., BrowserContext]


@pytest.fixture
def site(transactional_db: None, settings: Any) -> Site:
    settings.AWARD_SIGNING_KEY = KEY
    forget()
    return make_site()


@pytest.fixture
def build(site: Site) -> Build:
    """The one build whose ballots are open, whatever the day."""
    week.close(build_id=site.published.pk, at=CLOSE)
    release_on = max(FRIDAY, timezone.now().date()) + timedelta(days=7)
    build = make_build(State.SCHEDULED, site.product, version="5", release_on=release_on)
    week.publish(build_id=build.pk, at=timezone.now(), is_early=True)
    return build


@pytest.fixture
def open_as(chromium: Browser, live_server: LiveServer, site: Site) -> Iterator[OpenAs]:
    """Opens a browser context for a role; other arguments are Playwright's."""
    contexts: list[BrowserContext] = []

    def open_context(role: str = "anonymous", **options: Any) -> BrowserContext:
        context = chromium.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        if person := site.people[role]:
            client = Client()
            client.force_login(person, backend="community.members.signed_in.Backend")
            cookie = client.cookies[configured.SESSION_COOKIE_NAME]
            context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
            )
        return context

    yield open_context
    for context in contexts:
        context.close()
