"""The installed base of a product: what part of all devices each family is."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from community.builds.domain import products
from community.builds.domain.refusals import Invalid
from community.builds.models import Product
from community.builds.sections import Values

SECTION = "installed-base"
STEP = Decimal("0.0001")
# What shares that were rounded one by one may miss 1 by, to either side.
TOLERANCE = Decimal("0.001")
MOST_FAMILIES, LONGEST_FAMILY = 60, 40
HUNDRED = Decimal(100)

Shares = Mapping[str, Decimal | None]


def values_of(shares: Shares) -> Values:
    """Shares by family as plain values."""
    return {
        "shares": {
            family: None if share is None else f"{share:.4f}" for family, share in shares.items()
        }
    }


def shares_of(values: Values) -> dict[str, Decimal | None]:
    told: dict[str, str | None] = values["shares"]
    return {family: None if share is None else Decimal(share) for family, share in told.items()}


def given(values: Values) -> dict[str, Decimal]:
    """The shares that weigh; empty where all devices count as one."""
    shares = shares_of(values)
    return {family: share for family, share in shares.items() if share is not None}


def read(product: Product) -> Values:
    """The families of a product with their shares, as they stand."""
    rows = product.devices.order_by("family").values_list("family", "share")
    return values_of(dict(rows))


def write(product: Product, values: Values) -> None:
    """Set families and shares; raises Invalid unless they sum to 1 exactly."""
    products.set_devices(product=product, shares=shares_of(values))


def evened(shares: Shares) -> dict[str, Decimal | None]:
    """Shares that sum to 1 exactly: what rounding left is the largest family's.

    All families have a share or none has. Raises Invalid where they miss 1 by more than
    TOLERANCE, or where a family is no name.
    """
    _refuse_names(shares)
    known = {family: share for family, share in shares.items() if share is not None}
    if not known:
        return dict(shares)
    if len(known) < len(shares):
        raise Invalid("shares", _("Give every family a share, or none."))
    if any(not 0 <= share <= 1 for share in known.values()):
        raise Invalid("shares", _("A share lies between 0 and 100 %."))
    total = sum(known.values(), Decimal())
    if abs(total - 1) > TOLERANCE:
        raise Invalid("shares", _not_whole(total))
    even = {family: share.quantize(STEP) for family, share in known.items()}
    largest = max(even, key=even.__getitem__)
    even[largest] += 1 - sum(even.values())
    return dict(even)


def _refuse_names(shares: Shares) -> None:
    if len(shares) > MOST_FAMILIES:
        raise Invalid("shares", _("At most %(n)d families.") % {"n": MOST_FAMILIES})
    for family in shares:
        if not family.strip() or len(family) > LONGEST_FAMILY:
            sentence = _("The name of a family has 1 to %(n)d characters.") % {"n": LONGEST_FAMILY}
            raise Invalid("shares", sentence)


def _not_whole(total: Decimal) -> str:
    return _(
        "The shares sum to %(sum)s %%; they must sum to 100 %%, give or take %(tolerance)s for "
        "rounding."
    ) % {"sum": percent(total), "tolerance": percent(TOLERANCE)}


def percent(share: Decimal) -> str:
    """A share as people write it: 42.5."""
    return f"{(share * HUNDRED).normalize():f}"
