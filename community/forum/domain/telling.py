"""Who is told of a post: whom it answers and names, who watches; each of them once."""

from datetime import datetime

from django.db import transaction

from community.forum.domain.watching import track
from community.forum.models import Post
from community.forum.queries.quoting import words_of
from community.forum.queries.watching import readers_of, watchers_of
from community.members.models import Member, Relation
from community.members.queries import deaf_to
from community.notices.domain.telling import Telling, tell_each


def tell_about_post(*, post_id: int, at: datetime) -> int:
    """Tell of a post in one transaction with noting that it was told; gives how many were told.

    Run twice it tells nobody twice. A post out of sight has to wait, one that another run has
    taken up is left to it.
    """
    with transaction.atomic():
        post = (
            Post.objects.untold()
            .select_for_update(of=("self",), skip_locked=True)
            .select_related("topic__board")
            .filter(pk=post_id)
            .first()
        )
        if post is None:
            return 0
        if post.author_id:
            track(member_id=post.author_id, topic=post.topic, at=at)
        told = tell_each(_tellings(post), at=at)
        Post.objects.filter(pk=post.pk).update(is_told=True)
    return told


def _tellings(post: Post) -> list[Telling]:
    """What to tell whom, the most personal first: a member hears of a post once."""
    watchers = watchers_of(post.topic)
    groups = {
        "forum.mention": _mentioned(post),
        "forum.reply": _answered(post),
        "forum.topic" if post.number == 1 else "forum.post": watchers.watching,
        "forum.followed": _followers(post),
    }
    everybody = set().union(*groups.values()) - watchers.muted
    if post.author_id:
        everybody -= deaf_to(post.author_id)
    hearers = readers_of(post.topic.board, everybody)
    words, url = words_of(post), post.get_absolute_url()
    return [
        Telling(
            kind=kind,
            members=members & hearers,
            about=f"topic:{post.topic_id}",
            url=url,
            words=words,
            by=post.author_id,
            source=f"post:{post.pk}",
        )
        for kind, members in groups.items()
    ]


def _mentioned(post: Post) -> set[int]:
    names = post.references.filter(kind="member").values("key")
    return set(Member.objects.filter(username__in=names).values_list("pk", flat=True))


def _answered(post: Post) -> set[int]:
    """Who wrote the post that this one answers; without one, who opened the topic."""
    if post.answers_id:
        author: int | None = Post.objects.values_list("author", flat=True).get(pk=post.answers_id)
    else:
        author = post.topic.author_id if post.number > 1 else None
    return {author} if author else set()


def _followers(post: Post) -> set[int]:
    """Who wants to know when this author opens a topic."""
    if post.number > 1 or post.author_id is None:
        return set()
    follows = Relation.objects.filter(other=post.author_id, kind=Relation.Kind.FOLLOWS)
    return set(follows.values_list("member", flat=True))
