"""What the page of a topic has to know of its reader: one look-up a hit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from community.forum.models import POSTS_A_PAGE, Topic, Watch
from community.forum.queries.watching import TOPIC_LEVEL
from community.members.permissions import WRITERS, User, is_admin, is_member
from community.members.prepared import Statement
from community.members.queries import UNHEARD

READER = Statement(
    "forum_reader",
    f"""
    SELECT EXISTS (SELECT FROM forum_board_moderators
                    WHERE board_id = $4 AND member_id = $1) AS moderates,
           EXISTS ({WRITERS}) AS may_write,
           EXISTS (SELECT FROM forum_post WHERE topic_id = $3 AND author_id = $1
                                           AND held_at IS NOT NULL) AS waits,
           coalesce(habit.is_continuous, false) AS is_continuous,
           coalesce(mark.last_read, 0) AS last_read,
           coalesce(mark.place, 0) AS place,
           ({TOPIC_LEVEL.format(topic="$3")}) AS level,
           ARRAY ({UNHEARD}) AS unheard,
           ARRAY (SELECT reaction.post_id || ':' || reaction.kind
                    FROM forum_post AS post JOIN forum_reaction AS reaction
                         ON reaction.post_id = post.id AND reaction.member_id = $1
                   WHERE post.topic_id = $3 AND post.number BETWEEN $5 AND $6) AS reactions
      FROM (SELECT) AS one
      LEFT JOIN forum_readinghabit AS habit ON habit.member_id = $1
      LEFT JOIN forum_readmark AS mark ON mark.member_id = $1 AND mark.topic_id = $3
    """,  # noqa: S608 - our own words
)


# How visitors like to read; members have it on their account.
READING_COOKIE = "reading"
PAGES, CONTINUOUS = "pages", "continuous"


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody at a topic; numbers are those of posts, 0 where nothing was read."""

    moderates: bool = False
    # In good standing; what a board asks for besides is for permissions to say.
    may_write: bool = False
    # Whether words of theirs wait for approval here.
    waits: bool = False
    is_continuous: bool = False
    last_read: int = 0
    place: int = 0
    # How closely they watch the topic.
    level: int = Watch.Level.NORMAL
    # Ids of members they do not want to hear.
    unheard: frozenset[int] = frozenset()
    # What they feel about the posts of the page: "12:thanks".
    reactions: tuple[str, ...] = ()


def reader_of(
    user: User, topic: Topic, numbers: Sequence[int], *, is_continuous: bool, at: datetime
) -> Reader:
    """The reader of some posts of a topic; visitors say with a cookie how they read."""
    if not is_member(user):
        return Reader(is_continuous=is_continuous)
    first, last = (numbers[0], numbers[-1]) if numbers else (0, 0)
    known = READER.row(user.pk, at.isoformat(), topic.pk, topic.board_id, first, last) or {}
    known["moderates"] = known["moderates"] or is_admin(user)
    if known["level"] is None:
        known["level"] = Watch.Level.NORMAL
    known["unheard"], known["reactions"] = frozenset(known["unheard"]), tuple(known["reactions"])
    return Reader(**known)


def address_of(topic: Topic, number: int) -> str:
    """The page and the place of a post in a topic, without asking for the post."""
    page = (number - 1) // POSTS_A_PAGE + 1
    query = f"?page={page}" if page > 1 else ""
    return f"{topic.get_absolute_url()}{query}#post-{number}"
