"""Keys of pages: the moment and the id of the last row shown, so that no page counts the others."""

from datetime import datetime
from typing import Literal

from django.db.models import Q

from community.forum.models import Topic, TopicQuerySet

Key = tuple[datetime, int]
# What a list is sorted by.
Moment = Literal["last_post_at", "created_at"]


def key_of(topic: Topic, field: Moment) -> str:
    """What leads to the page after this topic in a list sorted by a moment."""
    return f"{getattr(topic, field).isoformat()}~{topic.pk}"


def older_than(topics: TopicQuerySet, field: Moment, key: Key) -> TopicQuerySet:
    """What comes after a key, newest first. `lte` is there for the index, which knows no OR."""
    at, pk = key
    earlier = Q(**{f"{field}__lt": at}) | Q(pk__lt=pk)
    return topics.filter(earlier, **{f"{field}__lte": at})
