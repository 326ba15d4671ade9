"""What posts speak of."""

from django.db import models

from community.forum.models.topics import Post

KIND_LENGTH, KEY_LENGTH = 12, 120


class Reference(models.Model):
    """A post names a member, a build, a feature, an engineer, a topic (提及).

    Derived from the words of the post; forum.domain.naming writes them with it. `kind` and `key`
    are those of forum.references.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="references")
    kind = models.CharField(max_length=KIND_LENGTH)
    key = models.CharField(max_length=KEY_LENGTH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "kind", "key"], name="reference_once_a_post"),
        ]
        indexes = [
            # Where a build, a feature, an engineer or a member is discussed; newest first.
            models.Index(fields=["kind", "key", "-post"], name="reference_by_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"
