"""A member's bookmarks."""

from collections.abc import Sequence
from dataclasses import dataclass

from community.forum.models import Board, Bookmark, Post
from community.members.models import Member
from community.text.whole import number

BOOKMARKS_A_PAGE = 30


@dataclass(frozen=True, kw_only=True)
class BookmarkList:
    """One page of bookmarks; `older` is the cursor of the next one, "" on the last."""

    bookmarks: Sequence[Bookmark]
    older: str


def bookmarks_of(member: Member, before: str = "") -> BookmarkList:
    """The newest, or those before a cursor; posts the member may no longer see are left out."""
    rows = Bookmark.objects.filter(
        member=member,
        post__in=Post.objects.visible(),
        post__topic__hidden_at=None,
        post__topic__held_at=None,
        post__topic__board__in=Board.objects.readable_by(member),
    ).select_related("post__topic__board", "post__author")
    if cursor := number(before):
        rows = rows.filter(pk__lt=cursor)
    found = list(rows.order_by("-pk")[: BOOKMARKS_A_PAGE + 1])
    shown = found[:BOOKMARKS_A_PAGE]
    older = str(shown[-1].pk) if len(found) > BOOKMARKS_A_PAGE else ""
    return BookmarkList(bookmarks=shown, older=older)


def bookmark_of(member: Member, post: Post) -> Bookmark | None:
    """The member's bookmark of a post, if there is one."""
    return Bookmark.objects.filter(member=member, post=post).first()
