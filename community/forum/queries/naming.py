"""Where something is discussed: the topics whose posts name it."""

from collections.abc import Iterable, Mapping

from django.db.models import Q

from community.forum.models import Post, Reference, Topic

TOPICS_SHOWN = 5
# Of so many posts that name it; a topic may name it often.
POSTS_LOOKED_AT = 60


def topics_naming(things: Mapping[str, Iterable[str]]) -> list[Topic]:
    """Topics that name any of these things (keys by kind), the one that did so last first."""
    named = Q(pk__in=[])
    for kind, keys in things.items():
        named |= Q(kind=kind, key__in=list(keys))
    posts = Reference.objects.filter(named).order_by("-post_id").values_list("post_id", flat=True)
    seen = Post.objects.visible().filter(pk__in=list(posts[:POSTS_LOOKED_AT]))
    ids = dict.fromkeys(seen.order_by("-pk").values_list("topic_id", flat=True))
    readable = Topic.objects.readable_by_everybody().select_related("board").in_bulk(list(ids))
    return [readable[pk] for pk in ids if pk in readable][:TOPICS_SHOWN]
