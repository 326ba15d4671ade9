"""Posts as moderators see them. A topic is reported, held and hidden with its first post."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.forum import permissions
from community.forum.domain import approving, moderation
from community.forum.models import Board, Post
from community.members.models import Member
from community.members.permissions import User, is_member
from community.moderation.subjects import Look, Subject


def _looks(ids: Collection[int]) -> Mapping[int, Look]:
    posts = Post.objects.filter(pk__in=ids).select_related("topic__board", "author")
    return {
        post.pk: Look(
            title=str(post.topic)
            if post.number == 1
            else _("Reply in “%(topic)s”") % {"topic": post.topic},
            url=post.get_absolute_url(),
            html=post.rendered,
            board=post.topic.board.slug,
            author=post.author,
            is_hidden=post.hidden_at is not None,
        )
        for post in posts
    }


def _may_report(user: User, pk: int) -> bool:
    """What one may read, but did not write."""
    post = Post.objects.visible().filter(pk=pk).select_related("topic__board").first()
    if post is None or not is_member(user) or post.author_id == user.pk:
        return False
    return permissions.may_read(user, post.topic)


def _hide(pk: int, by: Member, reason: str, at: datetime) -> None:
    moderation.hide_post(post=_post(pk), by=by, reason=reason, at=at)


def _show(pk: int, by: Member, reason: str, at: datetime) -> None:
    moderation.show_post(post=_post(pk), by=by, at=at)


def _approve(pk: int, by: Member, reason: str, at: datetime) -> None:
    approving.approve(post=_post(pk), by=by, at=at)


def _refuse(pk: int, by: Member, reason: str, at: datetime) -> None:
    approving.refuse(post=_post(pk), by=by, reason=reason, at=at)


def _post(pk: int) -> Post:
    return Post.objects.select_related("topic__board", "author").get(pk=pk)


def moderated_by(member: Member) -> Collection[str]:
    """The slugs of the boards a member moderates."""
    return list(Board.objects.filter(moderators=member).values_list("slug", flat=True))


def board_names() -> Mapping[str, str]:
    """What the reader calls every board, by slug."""
    return {board.slug: str(board) for board in Board.objects.order_by("position", "pk")}


POSTS = Subject(
    kind="post",
    label=gettext_lazy("post"),
    look=_looks,
    may_report=_may_report,
    hide=_hide,
    show=_show,
    approve=_approve,
    refuse=_refuse,
)
