"""How closely members watch, and what they bookmark."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from community.forum.models import Board, Tag, Topic, Watch
from community.members.models import Member
from community.members.permissions import User
from community.members.prepared import Statement

Watched = Topic | Tag | Board
# How closely the member $1 watches a topic. The nearest one holds: see WatchQuerySet.nearest.
TOPIC_LEVEL = """
    SELECT level FROM forum_watch WHERE member_id = $1
       AND (topic_id = {topic} OR board_id = (SELECT board_id FROM forum_topic WHERE id = {topic})
            OR tag_id IN (SELECT tag_id FROM forum_topic_tags WHERE topic_id = {topic}))
     ORDER BY topic_id NULLS LAST, board_id NULLS FIRST, level DESC LIMIT 1
"""
# On every page of a tag or a board; that of a topic has its own statement (queries.reader).
_LEVELS = {
    "topic": Statement("forum_topic_level", TOPIC_LEVEL.format(topic="$2")),
    "board": Statement(
        "forum_board_level", "SELECT level FROM forum_watch WHERE member_id = $1 AND board_id = $2"
    ),
    "tag": Statement(
        "forum_tag_level", "SELECT level FROM forum_watch WHERE member_id = $1 AND tag_id = $2"
    ),
}


@dataclass(frozen=True, kw_only=True)
class Watchers:
    """Ids of who wants to know everything about a topic, and of who wants to know nothing."""

    watching: set[int]
    muted: set[int]


def name_of(what: Watched) -> str:
    """topic, tag or board: what a watch of it calls it."""
    return what._meta.model_name or ""


def level_of(member: User, what: Watched) -> Watch.Level:
    """How closely a member watches something, by what is nearest; nobody watches by default."""
    row = _LEVELS[name_of(what)].row(member.pk, what.pk)
    return Watch.Level(row["level"]) if row else Watch.Level.NORMAL


def watchers_of(topic: Topic) -> Watchers:
    """By what is nearest for each: the topic's own level, one of its tags', the board's."""
    levels = dict(Watch.objects.over(topic).nearest().values_list("member", "level"))
    return Watchers(
        watching={member for member, level in levels.items() if level == Watch.Level.WATCHING},
        muted={member for member, level in levels.items() if level == Watch.Level.MUTED},
    )


def readers_of(board: Board, members: Collection[int]) -> set[int]:
    """Which of these members may read a board, as permissions.may_read_board says of one."""
    if not members:
        return set()
    readers = Member.objects.filter(pk__in=members, is_active=True)
    if board.readers == Board.Readers.STAFF:
        moderators = board.moderators.values("pk")
        readers = readers.filter(Q(is_staff=True) | Q(is_superuser=True) | Q(pk__in=moderators))
    return set(readers.values_list("pk", flat=True))
