"""Installs: a product's updater says that a member's device runs a build."""

from django.db import models

from community.builds.models.build import Build
from community.members.models import Device


class Install(models.Model):
    """One device running one build, reported and signed by the device (安装)."""

    build = models.ForeignKey(Build, models.CASCADE, related_name="installs")
    device = models.ForeignKey(Device, models.CASCADE, related_name="installs")
    reported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["build", "device"], name="install_once"),
        ]

    def __str__(self) -> str:
        return f"{self.device} · {self.build}"
