"""Changing a product's settings: one section at a time, upon the version that was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from community.builds import queries
from community.builds.domain.refusals import Refused, said_as
from community.builds.models import Build, BuildSettings, Product, SettingsChange
from community.builds.sections import Section, Values, sections
from community.members.models import Member


class ChangedElsewhere(Refused):
    """Somebody else was first; ``changes`` holds what they changed, the latest first."""

    code = "changed_elsewhere"

    def __init__(self, changes: Sequence[SettingsChange]) -> None:
        super().__init__(_("Somebody changed these settings meanwhile."))
        self.changes = changes


@dataclass(frozen=True)
class Standing:
    """A section as it stands; ``version`` counts its changes."""

    version: int
    values: Values


def standing(product: Product, section: Section) -> Standing:
    """What is in force for the builds to come."""
    return Standing(_version(product, section.name), section.read(product))


def at_version(product: Product, section: Section, version: int) -> Values | None:
    """What a section said after so many changes; None if it never came so far."""
    changes = SettingsChange.objects.filter(product=product, section=section.name)
    row = changes.filter(version=version).first()
    if row is not None:
        after: Values = row.after
        return after
    first = changes.filter(version=1).first() if version == 0 else None
    return first.before if first else None


@transaction.atomic
def change(
    *, product: Product, section: Section, values: Values, seen: int, by: Member, at: datetime
) -> Standing:
    """Change a section, in force from the next build that goes out.

    ``seen`` is the version the change is made upon. The same values once more change nothing,
    whoever sends them. Raises ChangedElsewhere and what the section refuses (Invalid, …).
    """
    product = hold(product_id=product.pk)
    now = standing(product, section)
    if now.values == values:
        return now
    if seen != now.version:
        raise ChangedElsewhere(since(product, section, seen))
    section.write(product, values)
    # The lock has decided; should one ever be forgotten, the number is taken.
    with said_as({"settingschange_version_once": ChangedElsewhere([])}):
        SettingsChange.objects.create(
            product=product,
            section=section.name,
            version=now.version + 1,
            before=now.values,
            after=values,
            changed_by=by,
            changed_at=at,
        )
    return Standing(now.version + 1, values)


def since(product: Product, section: Section, seen: int) -> Sequence[SettingsChange]:
    """What was changed after a version, the latest first."""
    changes = SettingsChange.objects.of(product, section.name).filter(version__gt=seen)
    return list(changes.select_related("changed_by"))


def hold(*, product_id: int) -> Product:
    """The product; until the transaction ends nobody changes its settings or opens its builds.

    Taken before any of its builds is locked, so that two never wait for each other.
    """
    return Product.objects.select_for_update(no_key=True).get(pk=product_id)


def hold_of(*, build_id: int) -> None:
    """The same for the product of a build."""
    products = Product.objects.select_for_update(no_key=True, of=("self",))
    list(products.filter(builds=build_id).values_list("pk"))


def keep(build: Build) -> None:
    """Write down what a build goes out with: nothing that is changed later reaches it."""
    BuildSettings.objects.bulk_create(
        BuildSettings(
            build=build,
            section=section.name,
            version=_version(build.product, section.name),
            values=section.read(build.product),
        )
        for section in sections()
        if section.is_kept_by_builds
    )


def opened_with(build: Build, section: str) -> Values | None:
    """What a section said when a build went out; None where that was not kept."""
    row = BuildSettings.objects.filter(build=build, section=section).first()
    return row.values if row else None


def from_the_next_opening(product: Product) -> str:
    """What a manager is told of a section that builds keep from when they go out."""
    build = queries.next_to_open(product)
    if build is None:
        return _(
            "In force from the next build on. Builds that are out keep what they went out with."
        )
    return _(
        "In force from %(build)s on, the next to go out. Builds that are out keep what they went "
        "out with."
    ) % {"build": build}


def _version(product: Product, section: str) -> int:
    versions = SettingsChange.objects.of(product, section).values_list("version", flat=True)
    return versions.first() or 0
