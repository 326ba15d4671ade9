"""Who may steer an award, and who may see a band that is not public."""

import pytest
from django.contrib.auth.models import AnonymousUser

from awards.popcorn.permissions import can_see_band, can_steer
from tests.community.builds.making import make_build, make_engineer, make_member, make_product

pytestmark = pytest.mark.django_db


def test_managers_of_the_product_and_admins_steer() -> None:
    manager, admin = make_member(), make_member(is_superuser=True)
    build = make_build(product=make_product(managers=(manager,)))
    assert can_steer(manager, build)
    assert can_steer(admin, build)


def test_nobody_else_steers() -> None:
    manager = make_member()
    make_product(managers=(manager,))
    engineer = make_member()
    make_engineer("林浩", member=engineer)
    build = make_build()
    people = (AnonymousUser(), make_member(is_staff=True), manager, engineer)
    assert not any(can_steer(person, build) for person in people)


def test_a_band_is_the_engineers_own() -> None:
    member, other = make_member(), make_member(is_superuser=True)
    engineer = make_engineer("林浩", member=member)
    assert can_see_band(member, engineer)
    assert not any(can_see_band(person, engineer) for person in (other, AnonymousUser()))
