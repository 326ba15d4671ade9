"""On which days members came: rows for a quarter, then only how many they were."""

from django.db import models
from django.db.models import F, Q

from community.members.models.members import Member


class ActiveDay(models.Model):
    """A member was signed in on a day of the site's time zone (活跃)."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    active_on = models.DateField()

    class Meta:
        constraints = [
            # In this order it also counts a day, or a week.
            models.UniqueConstraint(fields=["active_on", "member"], name="activeday_once_a_day"),
        ]


class DayCount(models.Model):
    """How many members came on a day that is over, and in the seven days it ends (日活, 周活)."""

    active_on = models.DateField(primary_key=True)
    members = models.PositiveIntegerField()
    members_in_week = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(members__lte=F("members_in_week")), name="daycount_day_is_in_its_week"
            ),
        ]
