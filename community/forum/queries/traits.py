"""What the look of a post depends on: two posts with the same traits look the same."""

from collections.abc import Hashable
from datetime import datetime
from operator import attrgetter

from django.db.models import Model
from django.utils.timezone import localtime

from community.forum.models import Post, Topic
from community.members.models import Member

Traits = tuple[Hashable, ...]
HOUR_S = 3600
# What changes with every reply is on the page's head, not on its posts.
_MOVING = frozenset({"post_count", "last_post_at", "replied_at", "me_too_count"})


def _columns(model: type[Model], without: frozenset[str] = frozenset()) -> tuple[str, ...]:
    fields = model._meta.concrete_fields  # noqa: SLF001
    return tuple(field.attname for field in fields if field.attname not in without)


_counted = frozenset({"reaction_counts", "names"})  # dictionaries, which are no keys
_of_post = attrgetter(*_columns(Post, _counted))
_of_member = attrgetter(*_columns(Member, frozenset({"last_login", "password"})))
_of_topic = attrgetter(*_columns(Topic, _MOVING))


def topic_traits(topic: Topic) -> Traits:
    """Everything stored of a topic but its counters."""
    traits: Traits = _of_topic(topic)
    return traits


def post_traits(post: Post, topic: Traits, at: datetime) -> Traits:
    """Everything stored of a post and its author, and how its moments are said now."""
    author = _of_member(post.author) if post.author else ()
    counted = repr(post.reaction_counts), repr(post.names)
    ages = tuple(_age(moment, at) for moment in (post.created_at, post.edited_at) if moment)
    return ("forum.post", topic, _of_post(post), counted, author, ages)


def _age(moment: datetime, at: datetime) -> Hashable:
    """What relative words depend on: minutes, then hours, then the day it is for the reader."""
    seconds = int((at - moment).total_seconds())
    if seconds < HOUR_S:
        return seconds // 60
    return (localtime(at).date(), seconds // HOUR_S if seconds < 24 * HOUR_S else None)
