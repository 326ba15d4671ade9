"""What members watch, and how closely."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.forum.models.boards import Board, Tag
from community.forum.models.topics import Topic
from community.members.models import Member


class WatchQuerySet(models.QuerySet["Watch"]):
    def over(self, topic: Topic) -> Self:
        """Whatever says how closely somebody watches a topic: itself, its tags, its board."""
        tags = Topic.tags.through.objects.filter(topic=topic.pk).values("tag")
        return self.filter(Q(topic=topic.pk) | Q(tag__in=tags) | Q(board=topic.board_id))

    def nearest(self) -> Self:
        """One a member: the topic's own before a tag's before the board's, the closest of tags."""
        nearness = (F("topic").asc(nulls_last=True), F("board").asc(nulls_first=True))
        return self.order_by("member", *nearness, "-level").distinct("member")


class Watch(models.Model):
    """How closely a member watches a topic, a tag or a board (关注)."""

    class Level(models.IntegerChoices):
        MUTED = 0, _("Muted")
        NORMAL = 1, _("Normal")
        TRACKING = 2, _("Tracking")
        WATCHING = 3, _("Watching")

    member = models.ForeignKey(Member, models.CASCADE, related_name="watches")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, related_name="watches")
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, related_name="watches")
    board = models.ForeignKey(Board, models.CASCADE, null=True, related_name="watches")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    changed_at = models.DateTimeField()

    objects = WatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "topic"], name="watch_once_a_topic"),
            models.UniqueConstraint(fields=["member", "tag"], name="watch_once_a_tag"),
            models.UniqueConstraint(fields=["member", "board"], name="watch_once_a_board"),
            models.CheckConstraint(
                condition=Q(topic__isnull=False, tag=None, board=None)
                | Q(topic=None, tag__isnull=False, board=None)
                | Q(topic=None, tag=None, board__isnull=False),
                name="watch_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(level__lte=3), name="watch_level_exists"),
        ]
