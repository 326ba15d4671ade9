"""The knobs of the award: what a product chooses, within the bounds of the method (§3).

The four joy points, λ, the co-winner threshold, the floor of eligibility and the ballots that
the bucket needs. Everything else of the method is the site's, the same for all products.
"""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from awards.popcorn.domain.inputs import InputError, Settings
from community.builds.domain.refusals import Invalid
from community.builds.domain.settings import opened_with
from community.builds.models import Build, Product
from community.builds.sections import Values

SECTION = "award"
# Decimals of the knobs that are shares and the like, so that the same reads the same.
PLACES = {"floor_share": 3, "shrinkage": 2, "co_winner_at": 2}
WHOLE = ("bucket_minimum", "floor_votes")
JOY = "joy_points"


def values_of(typed: dict[str, Any]) -> Values:
    """Typed figures as plain values."""
    told: Values = {name: int(typed[name]) for name in WHOLE}
    told |= {name: f"{Decimal(typed[name]):.{places}f}" for name, places in PLACES.items()}
    return told | {JOY: [int(points) for points in typed[JOY]]}


def read(product: Product) -> Values:
    """The knobs of a product as they stand."""
    names = (*WHOLE, *PLACES, JOY)
    stand = {name: getattr(product, f"award_{name}") for name in names}
    return values_of(stand | {JOY: stand[JOY] or Settings().joy})


def write(product: Product, values: Values) -> None:
    """Set them; raises Invalid where they make no award."""
    check(values)
    Product.objects.filter(pk=product.pk).update(
        **{f"award_{name}": value for name, value in values.items()}
    )


def check(values: Values) -> None:
    """Raise Invalid, which names the knob, where values make no award."""
    try:
        settings_of(values)
    except InputError as error:
        raise Invalid(*_told(values)) from error


def of_build(build: Build) -> Values:
    """The knobs a build was opened with, or those of its product where none were kept then."""
    return opened_with(build, SECTION) or read(build.product)


def joy_of_build(build: Build) -> list[float]:
    """What its verdicts are worth, from loved most down: reports count by the same points."""
    return [float(points) for points in reversed(of_build(build)[JOY])]


def settings_of(values: Values) -> Settings:
    """The settings an award is computed with; raises InputError."""
    worst, bad, good, best = (Decimal(points) for points in values[JOY])
    return Settings(
        joy=(worst, bad, good, best),
        shrinkage=Decimal(values["shrinkage"]),
        co_winner_threshold=Decimal(values["co_winner_at"]),
        floor_votes=values["floor_votes"],
        floor_share=Decimal(values["floor_share"]),
        bucket_ballots=values["bucket_minimum"],
    )


def _told(values: Values) -> tuple[str, str]:
    """The knob that is out of bounds, and the sentence that says so."""
    points = values[JOY]
    if points != sorted(points) or not 0 <= points[0] < points[-1] <= 100:  # noqa: PLR2004 as the sentence says
        return JOY, _("Joy has to grow from “let down most” to “loved most”, within 0 and 100.")
    if not 0 < Decimal(values["shrinkage"]) < 100:  # noqa: PLR2004 as the sentence says
        return "shrinkage", _("The pull towards the mean lies above 0 and below 100.")
    if not 0 < Decimal(values["co_winner_at"]) <= 1:
        return "co_winner_at", _("A probability lies above 0 and is at most 1.")
    if not 0 <= Decimal(values["floor_share"]) <= 1:
        return "floor_share", _("A share lies between 0 and 1.")
    return "floor_votes", _("At least one vote is needed.")
