"""A manager with a final report to read."""

from copy import deepcopy

import pytest
from django.test import Client

from community.builds.models import Product
from community.members.models import Member
from feedback.reports.models import VoteReport
from tests.community.builds.making import make_member, make_product
from tests.feedback.reports.making import make_report


@pytest.fixture(scope="module")
def made_manager(stage: None) -> Member:
    return make_member(is_staff=True)


@pytest.fixture(scope="module")
def made_product(made_manager: Member) -> Product:
    return make_product("phone", managers=(made_manager,))


@pytest.fixture(scope="module")
def made_report(made_product: Product) -> VoteReport:
    return make_report(made_product, version="6.11.20")


@pytest.fixture
def manager(made_manager: Member, db: None) -> Member:
    return deepcopy(made_manager)


@pytest.fixture
def product(request: pytest.FixtureRequest, manager: Member) -> Product:
    """The report's, or one without any build."""
    if "report" in request.fixturenames:
        return deepcopy(request.getfixturevalue("made_product"))
    return make_product("telephone", managers=(manager,))


@pytest.fixture
def report(made_report: VoteReport, db: None) -> VoteReport:
    return deepcopy(made_report)


@pytest.fixture
def reader(client: Client, manager: Member) -> Client:
    """The manager's browser."""
    client.force_login(manager)
    return client
