"""Builds: products, the week, features and the engineers who signed them."""

from datetime import datetime

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BuildsConfig(AppConfig):
    name = "community.builds"

    def ready(self) -> None:
        from community.honours.panels import Period, register_period
        from community.members.panels import register_device_families

        register_device_families(device_families)
        register_period(Period(name="build", label=_("This build"), since=last_release))


def device_families() -> list[str]:
    """The families that products run on, offered to members who add a device."""
    from community.builds.models import ProductDevice

    return list(ProductDevice.objects.values_list("family", flat=True).distinct())


def last_release(at: datetime) -> datetime | None:
    """When the last build went out."""
    from community.builds.models import Build

    out = Build.objects.public().filter(published_at__lte=at).order_by("-published_at")
    return out.values_list("published_at", flat=True).first()
