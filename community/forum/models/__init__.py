"""Where people talk: boards, topics, posts, and what members keep about them."""

from community.forum.models.boards import Board, Kind, PostTemplate, Tag
from community.forum.models.bookmarks import Bookmark
from community.forum.models.columns import Column
from community.forum.models.imports import Imported, ImportRun
from community.forum.models.joining import MeToo, Reaction
from community.forum.models.moved import MovedPost
from community.forum.models.reading import ReadingHabit, ReadMark
from community.forum.models.references import Reference
from community.forum.models.search import SearchDue, SearchEntry, SearchMiss
from community.forum.models.topics import (
    FIRST_WAITING,
    POSTS_A_PAGE,
    TITLE_LENGTH,
    Post,
    PostQuerySet,
    Topic,
    TopicQuerySet,
)
from community.forum.models.watching import Watch, WatchQuerySet
from community.forum.models.writing import Draft, PostVersion

__all__ = [
    "FIRST_WAITING",
    "POSTS_A_PAGE",
    "TITLE_LENGTH",
    "Board",
    "Bookmark",
    "Column",
    "Draft",
    "ImportRun",
    "Imported",
    "Kind",
    "MeToo",
    "MovedPost",
    "Post",
    "PostQuerySet",
    "PostTemplate",
    "PostVersion",
    "Reaction",
    "ReadMark",
    "ReadingHabit",
    "Reference",
    "SearchDue",
    "SearchEntry",
    "SearchMiss",
    "Tag",
    "Topic",
    "TopicQuerySet",
    "Watch",
    "WatchQuerySet",
]
