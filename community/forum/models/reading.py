"""How far members have read, and how they like to read."""

from django.db import models
from django.db.models import F, Q

from community.forum.models.topics import Topic
from community.members.models import Member


class ReadMark(models.Model):
    """How far a member has read in a topic, and where they left it (阅读位置)."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="read_marks")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="read_marks")
    # Numbers of posts: the furthest one read, which never goes back, and the one on top of the
    # screen when the member left.
    last_read = models.PositiveIntegerField()
    place = models.PositiveIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "topic"], name="readmark_once_in_topic"),
            models.CheckConstraint(
                condition=Q(place__gte=1, last_read__gte=F("place")),
                name="readmark_left_where_read",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} has read {self.topic_id} to #{self.last_read}"


class ReadingHabit(models.Model):
    """What holds for a member in all topics."""

    member = models.OneToOneField(
        Member, models.CASCADE, primary_key=True, related_name="reading_habit"
    )
    # One long page that grows as one reads, instead of pages.
    is_continuous = models.BooleanField(default=False)
    # Whatever was said before counts as read.
    all_read_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.member_id} reads {'continuously' if self.is_continuous else 'in pages'}"
