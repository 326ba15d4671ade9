"""Themes: what many comments of a report speak of, and how managers put them right."""

import re
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from community.members.models import Member
from community.text.pairs import HAN
from feedback.fourgrid.models import Ballot
from feedback.reports.models.report import VoteReport

# What a label shows of its words at most.
LABEL_WORDS = 3
_HAN = re.compile(f"[{HAN}]")


class Side(models.TextChoices):
    """The cell that comments stand at, with the features named in it."""

    LET_DOWN = "let_down", _("problem")
    LOVED = "loved", _("praise")


class ThemeQuerySet(models.QuerySet["Theme"]):
    def told(self) -> Self:
        """Themes as a reader sees them: those merged away stand under another, ignored nowhere."""
        return self.filter(merged_into=None, is_ignored=False)

    def largest_first(self) -> Self:
        return self.order_by("-ballots", "pk")


class Theme(models.Model):
    """What comments of at least five ballots speak of (主题)."""

    report = models.ForeignKey(VoteReport, models.CASCADE, related_name="themes")
    side = models.CharField(max_length=8, choices=Side.choices)
    # What a manager calls it; else the label: words as {"en": …, "zh": …}, the most telling first.
    name = models.CharField(max_length=80, blank=True)
    label = models.JSONField()
    # Share of its comments that have each of the commonest words; how later themes are known again.
    centre = models.JSONField()
    ballots = models.PositiveIntegerField()
    # Ballots by what their rows in lists show: {dimension: {value: ballots}}; and by feature.
    faces = models.JSONField()
    features = models.JSONField()
    is_ignored = models.BooleanField(default=False)
    # The same theme on the build before.
    follows = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    # The corrected theme of an earlier build that this one was recognised by.
    anchor = models.ForeignKey("self", models.SET_NULL, null=True, related_name="recognised")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged")
    # Split off another by a word that its comments have.
    split_from = models.ForeignKey("self", models.CASCADE, null=True, related_name="split_off")
    split_by = models.CharField(max_length=80, blank=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ballots__gte=5), name="theme_keeps_secrecy"),
            models.CheckConstraint(
                condition=Q(split_from=None, split_by="")
                | Q(split_from__isnull=False) & ~Q(split_by=""),
                name="theme_split_by_a_word",
            ),
        ]

    def __str__(self) -> str:
        """Its name, or its label in the reader's language, and in the other if it has no word."""
        return self.name or " · ".join(self._words()[:LABEL_WORDS])

    def _words(self) -> list[str]:
        is_chinese = (get_language() or "").startswith("zh")
        words = [word["zh" if is_chinese else "en"] for word in self.label]
        return [word for word in words if bool(_HAN.search(word)) is is_chinese] or words


class ThemeRemark(models.Model):
    """A comment that belongs to a theme; its text stands on the ballot alone."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="remarks", db_index=False)
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="+", db_index=False)
    # Its key among the ballot's comments.
    place = models.CharField(max_length=30)
    words = ArrayField(models.TextField())
    # How near it is to the centre, 0 to 1: those that say it best are shown first.
    closeness = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "place"], name="themeremark_once"),
        ]
        indexes = [
            # The comments of a theme, the most telling first.
            models.Index(fields=["theme", "-closeness", "ballot"], name="themeremark_best"),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id}/{self.place}"


class ThemeCorrectionQuerySet(models.QuerySet["ThemeCorrection"]):
    def standing(self) -> Self:
        """Corrections nobody has undone: they are remembered at the next build."""
        return self.filter(undone_at=None)


class ThemeCorrection(models.Model):
    """A manager put the grouping right; rows are added and undone, never changed."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("merged")
        SPLIT = "split", _("split")
        RENAME = "rename", _("renamed")
        IGNORE = "ignore", _("ignored")

    kind = models.CharField(max_length=6, choices=Kind.choices)
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="corrections")
    # merge: what it was merged into; split: what was split off.
    other = models.ForeignKey(Theme, models.SET_NULL, null=True, related_name="+")
    # rename: the new name.
    name = models.CharField(max_length=80, blank=True)
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    undone_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = ThemeCorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="rename") | ~Q(name=""), name="themecorrection_names"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.theme_id}"
