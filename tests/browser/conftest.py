"""A whole small site behind a real server, and signed-in browser contexts on it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from orangefriday import week
from tests.journeys.site import KEY, Site, make_site

OpenAs = Callable[..., BrowserContext]


@pytest.fixture
def site(transactional_db: None, settings: Any) -> Site:
    settings.AWARD_SIGNING_KEY = KEY
    week.forget()
    return make_site()


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
            client.force_login(
                person, backend="allauth.account.auth_backends.AuthenticationBackend"
            )
            cookie = client.cookies[configured.SESSION_COOKIE_NAME]
            context.add_cookies(
                [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
            )
        return context

    yield open_context
    for context in contexts:
        context.close()
