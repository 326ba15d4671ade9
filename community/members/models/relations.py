"""What one member is to another: followed, ignored or blocked."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.members.models.members import Member


class Relation(models.Model):
    """One member's stance towards another; there is one at a time (关注、忽略、拉黑)."""

    class Kind(models.TextChoices):
        FOLLOWS = "follows", _("follows")
        IGNORES = "ignores", _("ignores")
        BLOCKS = "blocks", _("blocks")

    member = models.ForeignKey(Member, models.CASCADE, related_name="relations")
    other = models.ForeignKey(Member, models.CASCADE, related_name="relations_of_others")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    since_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "other"], name="relation_one_stance"),
            models.CheckConstraint(condition=~Q(member=F("other")), name="relation_to_another"),
        ]
        indexes = [
            # Who follows, ignores or blocks somebody: before anybody is told of what they wrote.
            models.Index(fields=["other", "kind", "member"], name="relation_by_other"),
            # The lists in the settings, newest first.
            models.Index(fields=["member", "kind", "-id"], name="relation_by_member"),
        ]
