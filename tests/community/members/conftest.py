"""What tests of members share."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _without_rate_limits(settings: Settings) -> None:
    """Tests come from one address, more often than people do."""
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    """Slow hashing is right for people and wrong for tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
