"""Editing: other words for a post, with everything it said before kept."""

from datetime import datetime

from django.db import transaction

from community.forum.domain.approving import hold, judged
from community.forum.domain.counting import recount
from community.forum.domain.drafts import forget_draft
from community.forum.domain.naming import names_in, write_references
from community.forum.domain.showing import keep_what_it_shows
from community.forum.models import Post, PostVersion, Topic
from community.forum.queries.writing import version_of
from community.members.models import Member


class ChangedElsewhere(Exception):
    """The words are not the version that was to be changed; `post` is what they are now."""

    def __init__(self, post: Post) -> None:
        super().__init__(post)
        self.post = post


def edit_post(
    *, post: Post, body: str, at: datetime, by: Member | None = None, seen: int | None = None
) -> Post:
    """Replace the words of a post, by its author unless said otherwise; the same words change
    nothing. What it said is a PostVersion, and what it says now is the newest of them. Words that
    have to be approved are held. `seen` is the version they were written upon, if it matters.
    Raises TextRefused or ChangedElsewhere."""
    editor = by or post.author
    with transaction.atomic():
        current = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
        forget_draft(member=editor, place=f"edit:{post.pk}")
        if body == current.body:
            return post
        number = version_of(current)
        if seen not in {None, number}:
            raise ChangedElsewhere(current)
        verdict = judged(texts=(body,), board=current.topic.board, author=editor)
        (body,) = verdict.texts
        if not current.versions.exists():
            _keep(current, 1, current.body, current.author, current.created_at)
        _keep(current, number + 1, body, editor, at)
        naming = names_in(body)
        post.take_body(body, naming.names)
        post.edited_at = at
        post.is_told = False
        post.held_at = current.held_at or (at if verdict.held_for else None)
        fields = ["body", "names", "html", "html_rules", "edited_at", "is_told", "held_at"]
        post.save(update_fields=fields)
        if verdict.held_for:
            hold(post=post, reasons=verdict.held_for, at=at)
        write_references(post, naming.things | _of_its_topic(current))
        keep_what_it_shows(post, at=at)
    return post


def restore_version(*, version: PostVersion, by: Member, at: datetime) -> Post:
    """Let a post say again what it said; a version more, none less."""
    return edit_post(post=version.post, body=version.body, by=by, at=at)


def set_version_hidden(*, version: PostVersion, hidden_at: datetime | None) -> None:
    """Take what a post said out of sight, or show it again; moderators always see it."""
    PostVersion.objects.filter(pk=version.pk).update(hidden_at=hidden_at)


def withdraw(*, post: Post, at: datetime) -> None:
    """Take back one's words; a topic that nobody has replied to goes with its first post."""
    _set_withdrawn(post, at)


def put_back(*, post: Post) -> None:
    """Say it after all."""
    _set_withdrawn(post, None)


def _set_withdrawn(post: Post, withdrawn_at: datetime | None) -> None:
    with transaction.atomic():
        topic = Topic.objects.select_for_update().get(pk=post.topic_id)  # as replies are counted
        changed = Post.objects.filter(pk=post.pk, withdrawn_at__isnull=withdrawn_at is not None)
        if not changed.update(withdrawn_at=withdrawn_at):
            return
        if post.number == 1 and (withdrawn_at is None or topic.post_count == 1):
            Topic.objects.filter(pk=topic.pk).update(hidden_at=withdrawn_at)
        recount([post.topic_id])


def _keep(post: Post, number: int, body: str, by: Member | None, at: datetime) -> None:
    PostVersion.objects.create(post=post, number=number, body=body, by=by, written_at=at)


def _of_its_topic(post: Post) -> set[tuple[str, str]]:
    """The build a report was made of, which its first post names without a word."""
    topic = post.topic
    return {("build", topic.build)} if post.number == 1 and topic.build else set()
