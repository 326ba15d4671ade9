"""Lists across boards: new, unread, mine, those that need an answer, those of a tag."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from community.forum.models import Post, ReadingHabit, ReadMark, Tag, Topic, TopicQuerySet
from community.forum.queries.boards import TopicList, page_of
from community.forum.queries.reader import address_of
from community.members.models import Member
from community.members.permissions import User

# What one never opened is new for so long.
NEW_FOR = timedelta(days=14)
TAGS_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list is narrowed to; "" does not narrow."""

    board: str = ""
    tag: str = ""
    kind: str = ""

    def narrow(self, topics: TopicQuerySet) -> TopicQuerySet:
        if self.board:
            topics = topics.filter(board__slug=self.board)
        if self.tag:
            topics = topics.filter(tags__folded=self.tag)
        return topics.filter(kind=self.kind) if self.kind else topics


@dataclass(frozen=True, kw_only=True)
class Row:
    """A topic in a list, and how far its reader has read: 0 for who never opened it."""

    topic: Topic
    last_read: int = 0
    place: int = 0

    @property
    def unread(self) -> int:
        return max(self.topic.post_count - self.last_read, 0) if self.last_read else 0

    @property
    def address(self) -> str:
        """Where the reader left the topic."""
        topic = self.topic
        return address_of(topic, self.place) if self.place > 1 else topic.get_absolute_url()

    @property
    def first_unread(self) -> str:
        return address_of(self.topic, self.last_read + 1)


def new_topics(user: User, filters: Filters, before: str, at: datetime) -> TopicList:
    """What was opened lately; a member has not read it yet, nor said that all is read."""
    topics = filters.narrow(Topic.objects.readable_by(user))
    if isinstance(user, Member):
        since = max(at - NEW_FOR, _all_read_at(user) or at - NEW_FOR)
        read = ReadMark.objects.filter(member=user).values("topic")
        topics = topics.filter(created_at__gt=since).exclude(pk__in=read)
    return page_of(topics, before, "created_at")


def unread_topics(user: Member, filters: Filters, before: str) -> TopicList:
    """Where more was said since the member read."""
    topics = Topic.objects.readable_by(user).filter(
        read_marks__member=user, post_count__gt=F("read_marks__last_read")
    )
    since = _all_read_at(user)
    if since:
        topics = topics.filter(last_post_at__gt=since)
    return page_of(filters.narrow(topics), before)


def my_topics(user: Member, filters: Filters, before: str) -> TopicList:
    """What the member opened, and where they have written."""
    mine = Post.objects.filter(author=user).values("topic")
    return page_of(filters.narrow(Topic.objects.readable_by(user).filter(pk__in=mine)), before)


def unanswered_topics(user: User, filters: Filters, before: str) -> TopicList:
    """Questions without their answer, bug reports without a word from the product."""
    return page_of(filters.narrow(Topic.objects.readable_by(user).unanswered()), before)


def topics_of_tag(user: User, filters: Filters, before: str) -> TopicList:
    """Topics of `filters.tag`."""
    return page_of(filters.narrow(Topic.objects.readable_by(user)), before)


def rows(user: User, topics: Iterable[Topic]) -> list[Row]:
    """Topics with the marks of their reader: one query, none for visitors."""
    shown = list(topics)
    marks: dict[int, ReadMark] = {}
    if user.is_authenticated and shown:
        theirs = ReadMark.objects.filter(member=user.pk, topic__in=[topic.pk for topic in shown])
        marks = {mark.topic_id: mark for mark in theirs}
    return [_row(topic, marks.get(topic.pk)) for topic in shown]


def most_used_tags() -> Iterable[Tag]:
    """The tags of the most topics."""
    return Tag.objects.filter(topic_count__gt=0).order_by("-topic_count", "folded")[:TAGS_SHOWN]


def _row(topic: Topic, mark: ReadMark | None) -> Row:
    return (
        Row(topic=topic, last_read=mark.last_read, place=mark.place) if mark else Row(topic=topic)
    )


def _all_read_at(member: Member) -> datetime | None:
    habits = ReadingHabit.objects.filter(member=member)
    return habits.values_list("all_read_at", flat=True).first()
