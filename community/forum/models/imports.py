"""What came from other forums, and what became of it here."""

from django.db import models
from django.db.models import Q


class ImportRun(models.Model):
    """One other forum that is being taken over, or was (导入)."""

    class System(models.TextChoices):
        DISCOURSE = "discourse", "Discourse"
        DISCUZ = "discuz", "Discuz!"
        CSV = "csv", "CSV"

    # What its things are told apart by when several forums are taken over.
    source = models.CharField(max_length=60, unique=True)
    system = models.CharField(max_length=10, choices=System.choices)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.source


class Imported(models.Model):
    """One thing of another forum and what it became: never imported twice, still found."""

    class Kind(models.TextChoices):
        MEMBER = "member"
        BOARD = "board"
        TAG = "tag"
        TOPIC = "topic"
        POST = "post"

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="things")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    old_id = models.CharField(max_length=40)
    new_id = models.BigIntegerField()
    # How its old address named it, where that is not the id: a login name, "123/4", a path.
    alias = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "kind", "old_id"], name="imported_once"),
        ]
        indexes = [
            # Old addresses that name a thing by something else than its id.
            models.Index(
                fields=["alias", "kind"], condition=~Q(alias=""), name="imported_by_alias"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.old_id}"
