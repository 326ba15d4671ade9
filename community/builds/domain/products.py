"""A product's own settings: its calendar, who may vote, its devices."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from community.builds.domain import calendar
from community.builds.domain.details import refuse_partial
from community.builds.domain.refusals import Invalid
from community.builds.models import Product, ProductDevice

Calendar = dict[str, list[int | str]]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a manager sets."""

    name: str
    tagline: str
    time_zone: str
    requires_verified_install: bool
    requires_older_account: bool


@transaction.atomic
def settle(*, product: Product, settings: Settings) -> None:
    """Change a product's settings; builds that are scheduled keep their week and rules."""
    if not calendar.is_time_zone(settings.time_zone):
        raise Invalid("time_zone", _("There is no such time zone."))
    Product.objects.filter(pk=product.pk).update(**vars(settings))


@transaction.atomic
def set_calendar(*, product: Product, rules: Mapping[str, tuple[int, str]]) -> None:
    """Change the week of the builds scheduled from now on; only what differs is kept.

    ``rules`` as in ``calendar.WEEK``. Raises BadCalendar.
    """
    differing: Calendar = {
        edge: list(rule) for edge, rule in rules.items() if calendar.WEEK.get(edge) != rule
    }
    calendar.rules(differing)
    Product.objects.filter(pk=product.pk).update(calendar=differing)


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
