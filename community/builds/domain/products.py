"""The devices of a product."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from community.builds.domain.details import refuse_partial
from community.builds.domain.refusals import Invalid
from community.builds.models import Product, ProductDevice


@transaction.atomic
def set_devices(*, product: Product, shares: Mapping[str, Decimal | None]) -> None:
    """The device families with their shares of the installed base: all given, or none."""
    given = [share for share in shares.values() if share is not None]
    if given and len(given) != len(shares):
        raise Invalid("share", _("Give every family a share, or none."))
    refuse_partial(given)
    Product.objects.select_for_update().get(pk=product.pk)
    product.devices.all().delete()
    ProductDevice.objects.bulk_create(
        ProductDevice(product=product, family=family, share=share)
        for family, share in shares.items()
    )
