"""The staff log: what staff did and whose data they looked at. Nobody edits it."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from community.members.models import Member


class LogEntry(models.Model):
    """One act of staff; rows are added, never changed (操作日志)."""

    at = models.DateTimeField()
    # No foreign key: an entry outlives accounts, and must not change when one goes.
    # Null: the site itself, when a timer ran out.
    by = models.ForeignKey(
        Member, models.DO_NOTHING, null=True, blank=True, db_constraint=False, related_name="+"
    )
    by_name = models.CharField(max_length=40, blank=True)
    # A word that community.moderation.acts knows: hide_post, read_ballots …
    act = models.SlugField(max_length=40)
    # What it was done to: "post:12", "build:7.0".
    subject = models.CharField(max_length=120)
    board = models.SlugField(blank=True, default="")
    # Whose personal data were shown.
    about = ArrayField(models.BigIntegerField(), default=list, blank=True)
    detail = models.JSONField(default=dict, blank=True)
    # The entry this one takes back; an act is undone once.
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by"
    )

    class Meta:
        indexes = [
            # The log of one person, of one act, of one thing; newest first.
            models.Index(fields=["by", "-id"], name="logentry_by_whom"),
            models.Index(fields=["act", "-id"], name="logentry_by_act"),
            models.Index(fields=["subject", "-id"], name="logentry_by_subject"),
            # Who looked at a member's data.
            GinIndex(fields=["about"], name="logentry_about"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="logentry_stands", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            pgtrigger.Trigger(
                name="logentry_stays",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'the staff log is kept' USING ERRCODE = 'check_violation';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"
