"""Members choose from the families that products run on."""

import pytest

from community.builds.models import ProductDevice
from community.members.panels import device_families
from tests.community.builds.making import make_product

pytestmark = pytest.mark.django_db


def test_families_of_all_products_are_offered_once() -> None:
    for product in (make_product(), make_product()):
        ProductDevice.objects.create(product=product, family="Mi 5")
    ProductDevice.objects.create(product=product, family="Mi 4")
    assert device_families() == ["Mi 4", "Mi 5"]
