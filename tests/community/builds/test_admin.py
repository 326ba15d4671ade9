"""A product begins in the administration."""

import pytest
from django.contrib import admin
from django.test import RequestFactory

from community.builds.models import Product
from tests.community.builds.making import make_member


@pytest.mark.django_db
def test_an_admin_makes_a_product_and_names_its_managers():
    manager = make_member("manager")
    request = RequestFactory().get("/")
    request.user = make_member("root", is_superuser=True, is_staff=True)
    page = admin.site.get_model_admin(Product)
    form = page.get_form(request)(
        {"name": "Phone", "slug": "phone", "time_zone": "Asia/Shanghai", "managers": [manager.pk]}
    )
    product = form.save()
    assert list(product.managers.all()) == [manager]
