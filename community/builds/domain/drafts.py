"""Drafts: a build begins, and what can be said of it."""

import re
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from community.builds.domain.refusals import Invalid, Refused, Taken, said_as
from community.builds.domain.settings import hold
from community.builds.models import Build, Product
from community.members.models import Member

# An address is read aloud and typed: letters, digits and what versions are written with.
_NOT_IN_ADDRESS = re.compile(r"[^\w.+-]+")


class AddressTaken(Taken):
    """The address is another build's."""

    code = "address_taken"


@transaction.atomic
def create_draft(
    *,
    product: Product,
    version: str,
    at: datetime,
    channel: str = Build.Channel.WEEKLY,
    notes: str = "",
    number: int | None = None,
    by: Member | None = None,
) -> tuple[Build, bool]:
    """A new build of a product and whether it is new: the version's build is made once.

    Takes the next number of its channel unless one is given. Raises Invalid, Taken (the number).
    """
    version = " ".join(version.split())
    if not address(version):
        raise Invalid("version", _("A build needs a version such as 6.11.20."))
    if channel not in Build.Channel.values:
        raise Invalid("channel", _("There is no such channel."))
    # One draft of a product at a time: its numbers follow one another.
    product = hold(product_id=product.pk)
    if known := Build.objects.filter(product=product, version=version).first():
        return known, False
    build = Build(
        product=product,
        version=version,
        channel=channel,
        number=number or next_number(product, channel),
        notes=notes.strip(),
        created_by=by,
        created_at=at,
        requires_verified_install=product.requires_verified_install,
        requires_older_account=product.requires_older_account,
    )
    _save(build)
    return build, True


def _save(build: Build) -> None:
    """Save under the plain version where that is free on this site, else with the product."""
    plain = address(build.version)
    for slug in (plain, f"{build.product.slug}-{plain}"):
        build.slug = slug
        try:
            with said_as(refusals()), transaction.atomic():
                build.save(force_insert=True)
        except AddressTaken:
            continue
        return
    raise AddressTaken(_("Another build has that address."))


def next_number(product: Product, channel: str) -> int:
    """Numbers count the builds of a channel, not weeks."""
    counted = Build.objects.filter(product=product, channel=channel)
    return (counted.aggregate(last=Max("number"))["last"] or 0) + 1


def address(version: str) -> str:
    return _NOT_IN_ADDRESS.sub("-", version).strip("-.")


def refusals() -> dict[str, Refused]:
    """What the constraints of a build's identity say in words."""
    return {
        "build_number_once": Taken(_("Another build of this channel has that number.")),
        "build_version_once": Taken(_("Another build of this product has that version.")),
        "builds_build_slug_key": AddressTaken(_("Another build has that address.")),
    }
