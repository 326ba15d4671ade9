"""What members add to what others wrote, without writing: reactions, and "me too"."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.forum.models.topics import Post, Topic
from community.members.models import Member


class Reaction(models.Model):
    """A member's feeling about a post; each kind once (表态)."""

    class Kind(models.TextChoices):
        THANKS = "thanks", pgettext_lazy("reaction", "Thanks")
        LOVE = "love", pgettext_lazy("reaction", "Love it")
        LAUGH = "laugh", pgettext_lazy("reaction", "Funny")
        SURPRISED = "surprised", pgettext_lazy("reaction", "Surprised")
        SAD = "sad", pgettext_lazy("reaction", "Sad")

    post = models.ForeignKey(Post, models.CASCADE, related_name="reactions")
    member = models.ForeignKey(Member, models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "member", "kind"], name="reaction_once_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.kind} {self.post_id}"


class MeToo(models.Model):
    """A member has met the same bug; with what, and in which build (我也遇到)."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="me_toos")
    member = models.ForeignKey(Member, models.CASCADE, related_name="me_toos")
    device = models.CharField(_("device"), max_length=40, blank=True, default="")
    build = models.CharField(_("build"), max_length=40, blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "member"], name="metoo_once_a_topic"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.topic_id}"
