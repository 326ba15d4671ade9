"""Where people talk: boards, topics, posts, and what members keep about them."""

from community.forum.models.boards import Board, Kind, PostTemplate, Tag
from community.forum.models.topics import (
    POSTS_A_PAGE,
    TITLE_LENGTH,
    Post,
    PostQuerySet,
    Topic,
    TopicQuerySet,
)

__all__ = [
    "POSTS_A_PAGE",
    "TITLE_LENGTH",
    "Board",
    "Kind",
    "Post",
    "PostQuerySet",
    "PostTemplate",
    "Tag",
    "Topic",
    "TopicQuerySet",
]
