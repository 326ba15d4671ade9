"""Settings of a product: every change of them, and those a build was opened with."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q

from community.builds.models.build import Build
from community.builds.models.product import Product
from community.members.models import Member


class SettingsChangeQuerySet(models.QuerySet["SettingsChange"]):
    def of(self, product: Product, section: str) -> Self:
        """The changes of one section of a product's settings, the latest first."""
        return self.filter(product=product, section=section).order_by("-version")


class SettingsChange(models.Model):
    """Somebody changed a section of a product's settings; rows are added, never changed."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="settings_changes")
    # As registered in builds.sections; a product begins with version 0 of each.
    section = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    # What stood before and after, in the shape of the section.
    before = models.JSONField()
    after = models.JSONField()
    changed_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()

    objects = SettingsChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            # Also the way to the latest: of two who saw the same version, one is first.
            models.UniqueConstraint(
                fields=["product", "section", "version"], name="settingschange_version_once"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="settingschange_counts"),
            models.CheckConstraint(
                condition=~Q(before=F("after")), name="settingschange_changes_something"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="settingschange_stays", operation=pgtrigger.Delete),
            # Who it was may be forgotten with the account.
            pgtrigger.Protect(
                name="settingschange_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["changed_by"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.version}"


class BuildSettings(models.Model):
    """What a section of the product's settings said when a build was opened; it stands."""

    build = models.ForeignKey(Build, models.PROTECT, related_name="settings")
    section = models.CharField(max_length=20)
    # Of the change that was in force; 0 is what the product began with.
    version = models.PositiveIntegerField()
    values = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["build", "section"], name="buildsettings_once"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="buildsettings_stand", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]

    def __str__(self) -> str:
        return f"{self.build_id} {self.section} {self.version}"


class MutedMail(models.Model):
    """A mail that a product does not send; by kind of notice, as registered in builds.mails."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="muted_mails")
    kind = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "kind"], name="mutedmail_once"),
        ]

    def __str__(self) -> str:
        return self.kind
