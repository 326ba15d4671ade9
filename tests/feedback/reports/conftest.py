"""A manager with a final report to read."""

import pytest
from django.test import Client

from community.builds.models import Product
from community.members.models import Member
from feedback.reports.models import VoteReport
from tests.community.builds.making import make_member, make_product
from tests.feedback.reports.making import make_report


@pytest.fixture
def manager(db: None) -> Member:
    return make_member(is_staff=True)


@pytest.fixture
def product(manager: Member) -> Product:
    return make_product("phone", managers=(manager,))


@pytest.fixture
def report(product: Product) -> VoteReport:
    return make_report(product, version="6.11.20")


@pytest.fixture
def reader(client: Client, manager: Member) -> Client:
    """The manager's browser."""
    client.force_login(manager)
    return client
