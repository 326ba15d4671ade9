"""The site's key: base64 of 32 bytes, and a check that says so before the first Wednesday."""

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from awards.popcorn.domain.signing import NoSigningKey, signing_key


def test_the_key_signs() -> None:
    key = signing_key()
    key.public_key().verify(key.sign(b"award"), b"award")


@pytest.mark.parametrize("text", ["", "short", "AAAA", "=" * 44, "é"])
def test_anything_else_is_no_key(settings: Settings, text: str) -> None:
    settings.AWARD_SIGNING_KEY = text
    with pytest.raises(NoSigningKey, match="32 random bytes"):
        signing_key()


def found() -> list[str | None]:
    checks = run_checks(tags=["popcorn"], include_deployment_checks=True)
    return [check.id for check in checks]


def test_a_site_without_a_key_is_not_deployed(settings: Settings) -> None:
    assert found() == []
    settings.AWARD_SIGNING_KEY = ""
    assert found() == ["popcorn.E001"]
