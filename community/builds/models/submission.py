"""Submissions: a program sent a build, maybe several times."""

from django.db import models
from django.db.models import Q

from community.builds.models.build import Build
from community.members.models import Member


class Submission(models.Model):
    """One build sent under an Idempotency-Key: sent again it is the same build."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    # SHA-256 of what was sent: the same key does not stand for something else.
    digest = models.BinaryField(max_length=32)
    build = models.ForeignKey(Build, models.CASCADE, related_name="submissions")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "key"], name="submission_once"),
            models.CheckConstraint(condition=~Q(key=""), name="submission_has_key"),
        ]

    def __str__(self) -> str:
        return self.key
