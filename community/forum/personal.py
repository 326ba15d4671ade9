"""What becomes of a member's posts, and of their name in the posts of others, when they leave."""

from datetime import datetime

from community.forum.domain.counting import recount
from community.forum.models import Post, PostVersion, Reference, Topic
from community.members.models import Member

GONE = "…"


def erase(member: Member, keeps_words: bool, at: datetime) -> None:
    """Unlink mentions of the member; take their words out of posts where they are to go."""
    _unlink_mentions(member)
    if keeps_words:
        return
    posts = Post.objects.filter(author=member)
    topics = list(posts.values_list("topic", flat=True).distinct())
    PostVersion.objects.filter(post__in=posts).delete()
    Reference.objects.filter(post__in=posts).delete()
    for post in posts.iterator(chunk_size=500):
        post.take_body(GONE)
        post.withdrawn_at = post.withdrawn_at or at
        post.save(update_fields=["body", "names", "html", "html_rules", "withdrawn_at"])
    Topic.objects.filter(author=member).update(title=GONE)
    recount(topics)


def _unlink_mentions(member: Member) -> None:
    """The words of others stay; what stood there as a link to the member is words now."""
    named = Reference.objects.filter(kind="member", key=member.username)
    for post in Post.objects.filter(pk__in=named.values("post")).iterator(chunk_size=500):
        address = f"/members/{member.username}/"
        names = {said: name for said, name in post.names.items() if name[0] != address}
        post.take_body(post.body, names)
        post.save(update_fields=["names", "html", "html_rules"])
    named.delete()
