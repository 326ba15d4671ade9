"""Refusals: the constraint's name decides what is said."""

import pytest
from django.db import IntegrityError

from community.builds.domain.refusals import Refused, Taken, said_as, violated
from tests.community.builds.making import make_product

pytestmark = pytest.mark.django_db


def test_a_named_constraint_is_said_in_words():
    with pytest.raises(Taken, match="Too late"), said_as({"product_has_name": Taken("Too late.")}):
        make_product(name="")


def test_any_other_violation_stays_what_it_is():
    with pytest.raises(IntegrityError) as error, said_as({"other": Refused()}):
        make_product(name="")
    assert violated(error.value) == "product_has_name"
