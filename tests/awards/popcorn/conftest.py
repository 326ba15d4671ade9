"""Every award is signed with a key of the tests."""

from base64 import b64encode
from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.test import override_settings

from awards.popcorn.models import Award
from tests.awards.popcorn.making import awarded_week, computed_week


@pytest.fixture(autouse=True, scope="package")
def _signing_key() -> Iterator[None]:
    with override_settings(AWARD_SIGNING_KEY=b64encode(bytes(range(32))).decode()):
        yield


@pytest.fixture(scope="module")
def made_computed(stage: None) -> Award:
    return computed_week()


@pytest.fixture(scope="module")
def made_awarded(stage: None) -> Award:
    return awarded_week()


@pytest.fixture(scope="module")
def made_small(stage: None) -> Award:
    return awarded_week(ballots=5)


@pytest.fixture
def computed(made_computed: Award, db: None) -> Award:
    """An award that waits for its hour."""
    return deepcopy(made_computed)


@pytest.fixture
def awarded(made_awarded: Award, db: None) -> Award:
    """An award that is out."""
    return deepcopy(made_awarded)


@pytest.fixture
def small(made_small: Award, db: None) -> Award:
    """An award that is out, of five ballots: too few for a winner."""
    return deepcopy(made_small)
