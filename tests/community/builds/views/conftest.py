"""A manager of a product, signed in."""

import pytest
from django.test import Client

from community.builds.models import Product
from tests.community.builds.making import make_member, make_product


@pytest.fixture
def product(db: None) -> Product:
    return make_product("phone", managers=(make_member("manager"),), tagline="A telephone")


@pytest.fixture
def manager(product: Product) -> Client:
    client = Client()
    client.force_login(product.managers.get())
    return client


@pytest.fixture
def member(db: None) -> Client:
    client = Client()
    client.force_login(make_member("fan"))
    return client
