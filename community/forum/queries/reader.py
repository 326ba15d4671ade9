"""What the page of a topic has to know of its reader: one look-up a hit."""

from dataclasses import dataclass

from community.forum.models import POSTS_A_PAGE, Topic
from community.members.permissions import User, is_admin, is_member
from community.members.prepared import Statement
from community.members.queries import unheard_by

READER = Statement(
    "forum_reader",
    """
    SELECT EXISTS (SELECT FROM forum_board_moderators
                    WHERE board_id = $2 AND member_id = $1) AS moderates,
           EXISTS (SELECT FROM forum_post WHERE topic_id = $3 AND author_id = $1
                                           AND held_at IS NOT NULL) AS waits,
           coalesce(habit.is_continuous, false) AS is_continuous,
           coalesce(mark.last_read, 0) AS last_read,
           coalesce(mark.place, 0) AS place
      FROM (SELECT) AS one
      LEFT JOIN forum_readinghabit AS habit ON habit.member_id = $1
      LEFT JOIN forum_readmark AS mark ON mark.member_id = $1 AND mark.topic_id = $3
    """,
)


# How visitors like to read; members have it on their account.
READING_COOKIE = "reading"
PAGES, CONTINUOUS = "pages", "continuous"


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody at a topic; numbers are those of posts, 0 where nothing was read."""

    moderates: bool = False
    # Whether words of theirs wait for approval here.
    waits: bool = False
    is_continuous: bool = False
    last_read: int = 0
    place: int = 0
    # Ids of members they do not want to hear.
    unheard: frozenset[int] = frozenset()


def reader_of(user: User, topic: Topic, *, is_continuous: bool) -> Reader:
    """The reader of a topic; visitors say with a cookie how they read."""
    if not is_member(user):
        return Reader(is_continuous=is_continuous)
    known = READER.row(user.pk, topic.board_id, topic.pk) or {}
    known["moderates"] = known["moderates"] or is_admin(user)
    return Reader(**known, unheard=unheard_by(user))


def address_of(topic: Topic, number: int) -> str:
    """The page and the place of a post in a topic, without asking for the post."""
    page = (number - 1) // POSTS_A_PAGE + 1
    query = f"?page={page}" if page > 1 else ""
    return f"{topic.get_absolute_url()}{query}#post-{number}"
