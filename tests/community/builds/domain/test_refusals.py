"""Refusals: the constraint's name decides what is said."""

import pytest
from django.db import IntegrityError

from community.builds.domain import products
from community.builds.domain.products import Settings
from community.builds.domain.refusals import Refused, Taken, said_as, violated
from community.builds.models import Product
from tests.community.builds.making import make_product

pytestmark = pytest.mark.django_db


def test_a_named_constraint_is_said_in_words():
    with pytest.raises(Taken, match="Too late"), said_as({"product_has_name": Taken("Too late.")}):
        make_product(name="")


def test_any_other_violation_stays_what_it_is():
    with pytest.raises(IntegrityError) as error, said_as({"other": Refused()}):
        make_product(name="")
    assert violated(error.value) == "product_has_name"


def test_settings_are_checked_wherever_they_come_from():
    product = make_product()
    fields = {name: getattr(product, name) for name in Settings.__dataclass_fields__}
    with pytest.raises(Refused, match="no such time zone"):
        products.settle(product=product, settings=Settings(**fields | {"time_zone": "Mars"}))
    assert Product.objects.get().time_zone == "Asia/Shanghai"
