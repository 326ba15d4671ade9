"""Where posts stood before they were moved to another topic."""

from collections.abc import Collection

from community.forum.models import MovedPost, Post


def note_moves(*, post_ids: Collection[int]) -> None:
    """Remember where these posts stand now, so that their addresses lead after them."""
    posts = Post.objects.filter(pk__in=post_ids)
    MovedPost.objects.bulk_create(
        [MovedPost(topic_id=post.topic_id, number=post.number, post=post) for post in posts],
        update_conflicts=True,
        unique_fields=["topic", "number"],
        update_fields=["post"],
    )
