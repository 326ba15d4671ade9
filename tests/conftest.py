"""What every test may use; the servers are started by tests/services.py."""

import gc
import os
import shutil
from collections.abc import Iterator
from secrets import token_hex

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.backends.postgresql.creation import DatabaseCreation
from django.test import Client, TransactionTestCase
from django.utils import translation
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker

from community.members.models import Member
from community.members.signed_in import SessionStore
from orangefriday import week
from tests.first_rows import add_first_rows
from tests.migrated import migrated_database

# Nothing here is timed: a slow machine fails no test.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# The last --disable-features is the one that counts: Playwright's own are repeated in it.
PLAYWRIGHT_WITHOUT = [
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
]
# Pages of the address bar that nobody sees, and a process kept ready: both for every new window.
WITHOUT = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "SpareRendererForSitePerProcess"]
BROWSER_FLAGS = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(PLAYWRIGHT_WITHOUT + WITHOUT)}",
]
NO_CHROMIUM = "no Chromium was found (Debian: apt install chromium)"


def pytest_configure() -> None:
    """Look for a static file when it is asked for: every test client would else list them all."""
    django_settings.WHITENOISE_AUTOREFRESH = True
    gc.set_threshold(50_000, 20, 100)


def pytest_collection_finish() -> None:
    """Leave what stays, modules and thousands of tests, out of every later search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs no database comes first, as one worker migrates meanwhile; small races come last.

    Skip what needs a browser where there is none, unless REQUIRE_BROWSER=1.
    """
    items.sort(key=_turn)
    if CHROMIUM or os.environ.get("REQUIRE_BROWSER") == "1":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def _turn(item: pytest.Item) -> int:
    marker, fixtures = item.get_closest_marker("django_db"), set(getattr(item, "fixturenames", ()))
    if item.get_closest_marker("browser"):
        return 2
    if "transactional_db" in fixtures or (marker and marker.kwargs.get("transaction")):
        return 3
    return int(marker is not None or "_django_db_helper" in fixtures)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was left out."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(NO_CHROMIUM in str(report.longrepr) for report in skipped)
    if count:
        line = f"{count} BROWSER TESTS DID NOT RUN: {NO_CHROMIUM}"
        terminalreporter.write_line(line, red=True, bold=True)


@pytest.fixture(scope="session")
def chromium(monkeypatch_session: pytest.MonkeyPatch) -> Iterator[Browser]:
    """A headless Chromium; open a context of your own for cookies, size and language."""
    if not CHROMIUM:
        pytest.fail(f"REQUIRE_BROWSER=1, but {NO_CHROMIUM}")
    # Playwright keeps an event loop in this thread, where Django would refuse the database.
    monkeypatch_session.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=BROWSER_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def monkeypatch_session() -> Iterator[pytest.MonkeyPatch]:
    """Changes that last for the whole run."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Test databases are copies: migrating takes longer than most of what is tested."""
    with django_db_blocker.unblock():
        template = migrated_database()
    connection.settings_dict["TEST"] |= {"TEMPLATE": template}


@pytest.fixture(autouse=True, scope="session")
def _drop_whoever_is_connected(monkeypatch_session: pytest.MonkeyPatch) -> None:
    """At the end a thread of the live server may still hold a connection a browser kept open."""

    def drop(self: DatabaseCreation, name: str, _verbosity: int) -> None:
        with self._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    monkeypatch_session.setattr(DatabaseCreation, "_destroy_test_db", drop)


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A transaction around a module's tests: what they only look at is made in it, once.

    Every test begins with it as it was made; give each its own copy of the objects.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


HAS_ROWS = """SELECT '{0}' WHERE EXISTS (SELECT 1 FROM "{0}")"""
# What every migration leaves behind; a flush would make it anew each time.
FIRST_ROWS = {"django_content_type", "auth_permission", "django_site", "django_migrations"}


@pytest.fixture(autouse=True, scope="session")
def _empty_quickly(monkeypatch_session: pytest.MonkeyPatch) -> None:
    """Tests that commit empty the tables that hold rows, also those that refuse to lose one."""

    def empty(_case: TransactionTestCase) -> None:
        names = [n for n in connection.introspection.table_names() if n not in FIRST_ROWS]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(" UNION ALL ".join(HAS_ROWS.format(name) for name in names))
            for (name,) in cursor.fetchall():
                cursor.execute(f'DELETE FROM "{name}"')
        add_first_rows()

    monkeypatch_session.setattr(TransactionTestCase, "_fixture_teardown", empty)


@pytest.fixture(autouse=True, scope="session")
def _remember_for_a_whole_test(monkeypatch_session: pytest.MonkeyPatch) -> None:
    """On a slow machine two pages of one test may be further apart than the week is remembered."""
    monkeypatch_session.setattr(week, "REMEMBERED_S", float("inf"))


@pytest.fixture(autouse=True, scope="session")
def _sign_in_quickly(monkeypatch_session: pytest.MonkeyPatch) -> None:
    """Who only has to be signed in gets the session that signing in leaves, in one statement."""
    usual, slowly = django_settings.AUTHENTICATION_BACKENDS[-1], Client.force_login

    def sign_in(self: Client, user: Member, backend: str | None = None) -> None:
        cookie = django_settings.SESSION_COOKIE_NAME
        if cookie in self.cookies:  # a session that has begun goes on
            slowly(self, user, backend)
            return
        held = {SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: backend or usual}
        store = SessionStore()
        Session.objects.create(
            session_key=(key := token_hex(16)),
            session_data=store.encode(held | {HASH_SESSION_KEY: user.get_session_auth_hash()}),
            expire_date=store.get_expiry_date(),
        )
        self.cookies[cookie] = key

    monkeypatch_session.setattr(Client, "force_login", sign_in)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Each test begins with what it made itself, in the first language."""
    week.forget()
    yield
    translation.deactivate()
