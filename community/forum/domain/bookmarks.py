"""Bookmarks: posts to find again, and the reminders that are due."""

from datetime import datetime

from django.db import transaction

from community.forum.models import Bookmark, Post
from community.members.models import Member
from community.notices.domain.telling import tell


def keep(
    *, member: Member, post: Post, note: str, remind_at: datetime | None, at: datetime
) -> Bookmark:
    """Bookmark a post; done again, the note and the reminder are the new ones."""
    bookmark, _is_new = Bookmark.objects.update_or_create(
        member=member,
        post=post,
        defaults={"note": note, "remind_at": remind_at, "reminded_at": None},
        create_defaults={"note": note, "remind_at": remind_at, "created_at": at},
    )
    return bookmark


def drop(*, member: Member, post: Post) -> None:
    """Take a bookmark away; one that is not there stays so."""
    Bookmark.objects.filter(member=member, post=post).delete()


def remind(*, bookmark_id: int, at: datetime) -> bool:
    """Tell a member of their bookmark, in one transaction with noting it; False if not due."""
    with transaction.atomic():
        bookmark = (
            Bookmark.objects.due(at)
            .select_for_update(of=("self",), skip_locked=True)
            .select_related("post__topic__board")
            .filter(pk=bookmark_id)
            .first()
        )
        if bookmark is None:
            return False
        _tell(bookmark, at)
        Bookmark.objects.filter(pk=bookmark.pk).update(reminded_at=at)
    return True


def _tell(bookmark: Bookmark, at: datetime) -> None:
    topic = bookmark.post.topic
    tell(
        kind="forum.reminder",
        members=[bookmark.member_id],
        about=f"bookmark:{bookmark.pk}",
        url=bookmark.post.get_absolute_url(),
        words={
            "post": str(bookmark.post_id),
            "title": topic.title,
            "place": topic.board.name,
            "place_zh": topic.board.name_zh,
            "note": bookmark.note,
        },
        by=None,
        at=at,
        source=f"bookmark:{bookmark.pk} {bookmark.remind_at}",
    )
