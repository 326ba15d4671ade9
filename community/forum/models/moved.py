"""Old addresses of posts that stand elsewhere now."""

from django.db import models

from community.forum.models.topics import Post, Topic


class MovedPost(models.Model):
    """Where a post stood before its topic was merged or split (旧楼层)."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="moved_posts")
    number = models.PositiveIntegerField()
    post = models.ForeignKey(Post, models.CASCADE, related_name="old_places")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="movedpost_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}#{self.number}"
