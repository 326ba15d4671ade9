"""Every award is signed with a key of the tests."""

from base64 import b64encode

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _signing_key(settings: Settings) -> None:
    settings.AWARD_SIGNING_KEY = b64encode(bytes(range(32))).decode()
