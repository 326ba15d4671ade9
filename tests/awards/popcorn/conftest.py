"""Every award is signed with a key of the tests; the frame remembers the week for a whole test."""

from base64 import b64encode

import pytest
from pytest_django import Settings

from orangefriday import week


@pytest.fixture(autouse=True)
def _signing_key(settings: Settings) -> None:
    settings.AWARD_SIGNING_KEY = b64encode(bytes(range(32))).decode()


@pytest.fixture(autouse=True)
def _remembered_week(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of a page's queries does not depend on the clock."""
    week.forget()
    monkeypatch.setattr(week, "REMEMBERED_S", float("inf"))
