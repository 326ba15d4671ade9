"""Builds: products, the week, features and the engineers who signed them."""

from django.apps import AppConfig


class BuildsConfig(AppConfig):
    name = "community.builds"

    def ready(self) -> None:
        from community.members.panels import register_device_families

        register_device_families(device_families)


def device_families() -> list[str]:
    """The families that products run on, offered to members who add a device."""
    from community.builds.models import ProductDevice

    return list(ProductDevice.objects.values_list("family", flat=True).distinct())
