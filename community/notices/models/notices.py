"""Notices, and how many of them each member has not read."""

from collections import defaultdict
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.members.models import Member
from community.notices.kinds import NoticeKind, kind_of
from community.notices.models import triggers


class NoticeQuerySet(models.QuerySet["Notice"]):
    def on_site(self) -> Self:
        return self.filter(is_on_site=True)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-told_at", "-id")

    def past(self, moment: datetime) -> Self:
        """Read before a moment, or told before it to nobody's inbox."""
        return self.filter(Q(read_at__lt=moment) | Q(is_on_site=False, told_at__lt=moment))


class Notice(models.Model):
    """Something a member is told; what is about the same is one notice until it is read (通知)."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    # What it is about, as its room names it: "topic:12".
    about = models.CharField(max_length=120)
    # How many times something was told about it.
    count = models.PositiveIntegerField(default=1)
    # Where the first of them is; the words and the person are of the last.
    url = models.CharField(max_length=400)
    words = models.JSONField(default=dict)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    # False: the member wants this kind by mail or push alone.
    is_on_site = models.BooleanField(default=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "about"],
                condition=Q(read_at=None),
                name="notice_once_while_unread",
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="notice_told_once_at_least"),
            # Opening a notice leads there, and never away from the site.
            models.CheckConstraint(
                condition=Q(url__regex="^/($|[^/\\\\])"), name="notice_leads_here"
            ),
        ]
        indexes = [
            # The list of all and of one kind, newest first.
            models.Index(fields=["member", "-told_at", "-id"], name="notice_by_member"),
            models.Index(fields=["member", "kind", "-told_at", "-id"], name="notice_by_kind"),
            # What to forget.
            models.Index(
                fields=["read_at"], condition=Q(read_at__isnull=False), name="notice_by_reading"
            ),
        ]
        triggers = triggers.COUNTING

    def __str__(self) -> str:
        """The notice as a sentence in the language of the reader."""
        kind = self.what
        sentence = kind.many if self.count > 1 and kind.many else kind.one
        words: defaultdict[str, str] = defaultdict(str, self.words)
        words.update(by=self.by_name, count=str(self.count))
        return str(sentence) % words

    @property
    def what(self) -> NoticeKind:
        return kind_of(self.kind)

    @property
    def excerpt(self) -> str:
        """What is quoted: the member's own note, or words of somebody's."""
        return str(self.words.get("note") or self.words.get("excerpt", ""))

    @property
    def by_name(self) -> str:
        return str(self.by) if self.by else _("Somebody")

    @property
    def place(self) -> str:
        """Where it happened, if its room said so: words "place" and, in Chinese, "place_zh"."""
        chinese = (get_language() or "").startswith("zh")
        return str(
            self.words.get("place_zh" if chinese else "place") or self.words.get("place", "")
        )


class Heard(models.Model):
    """That a member was told of a source, so that nothing is counted twice, under no two kinds."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    source = models.CharField(max_length=400)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "source"], name="heard_once"),
        ]
        indexes = [
            # What to forget.
            models.Index(fields=["told_at"], name="heard_by_moment"),
        ]


class Inbox(models.Model):
    """How many notices a member has not read: kept by triggers, so by whatever writes them."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="inbox")
    unread = models.PositiveIntegerField(default=0)
