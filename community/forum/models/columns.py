"""Columns: named series that editors write for, one instalment a week."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community.forum.models.boards import Board, Tag
from community.members.models import Member
from community.members.permissions import User


class ColumnQuerySet(models.QuerySet["Column"]):
    def readable_by(self, user: User) -> Self:
        """Columns on boards that the user may read."""
        return self.filter(board__in=Board.objects.readable_by(user))


class Column(models.Model):
    """A named series (专栏): its instalments are its editors' topics with its tag on its board."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=60)
    name_zh = models.CharField(max_length=60)
    description = models.CharField(max_length=300, blank=True)
    description_zh = models.CharField(max_length=300, blank=True)
    # How often it comes, in words; the weekday is what the next date is worked out from.
    schedule = models.CharField(max_length=120)
    schedule_zh = models.CharField(max_length=120)
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices)
    begun_on = models.DateField()
    board = models.ForeignKey(Board, models.PROTECT, related_name="columns")
    # Whoever watches the tag is told of every instalment.
    tag = models.OneToOneField(Tag, models.PROTECT, related_name="column")
    editors = models.ManyToManyField(Member, related_name="columns", blank=True)

    objects = ColumnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(name_zh=""), name="column_has_names"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="column_weekday_exists"),
        ]

    def __str__(self) -> str:
        return self._in_language(self.name, self.name_zh)

    def get_absolute_url(self) -> str:
        return reverse("forum:column", args=[self.slug])

    @property
    def blurb(self) -> str:
        return self._in_language(self.description, self.description_zh)

    @property
    def rhythm(self) -> str:
        """How often it comes, as a sentence in the reader's language."""
        return self._in_language(self.schedule, self.schedule_zh)

    def due_on(self, last: date | None) -> date:
        """The day of the next instalment: its weekday after the last one, or after the start."""
        before = last or self.begun_on - timedelta(days=1)
        return before + timedelta(days=(self.weekday - before.weekday() - 1) % 7 + 1)

    @staticmethod
    def _in_language(english: str, chinese: str) -> str:
        return chinese if (get_language() or "").startswith("zh") else english
