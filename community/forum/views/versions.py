"""What a post said, and taking it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.forum import permissions
from community.forum.domain import editing
from community.forum.domain.history import history
from community.forum.finding import post_or_404, reader
from community.forum.models import Post, PostVersion
from community.forum.queries.writing import versions_of


@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """What a post said, newest first; what moderators hid is there for them alone."""
    now, post = timezone.now(), post_or_404(request, pk)
    moderates = permissions.moderates(request.user, post.topic.board)
    context = {
        "post": post,
        "revisions": history(versions_of(post), sees_hidden=moderates),
        "moderates": moderates,
        "may_restore": permissions.may_restore(request.user, post, now),
        "now": now,
    }
    return render(request, "forum/versions.html", context)


@login_required
@require_POST
def restore_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    now, post = timezone.now(), post_or_404(request, pk)
    version = _version_or_404(request, post, number)
    if not permissions.may_restore(request.user, post, now):
        raise Http404
    editing.restore_version(version=version, by=reader(request), at=now)
    return redirect(post)


@login_required
@require_POST
def hide_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Hide what a post said once, or show it again; what it says now is hidden with the post."""
    post = post_or_404(request, pk)
    version = _version_or_404(request, post, number)
    if not permissions.moderates(request.user, post.topic.board):
        raise Http404
    if version.number != post.versions.count():
        hidden_at = None if version.hidden_at else timezone.now()
        editing.set_version_hidden(version=version, hidden_at=hidden_at)
    return redirect("forum:versions", pk=pk)


def _version_or_404(request: HttpRequest, post: Post, number: int) -> PostVersion:
    version = get_object_or_404(post.versions.select_related("post"), number=number)
    if version.hidden_at and not permissions.moderates(request.user, post.topic.board):
        raise Http404
    return version


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    now, post = timezone.now(), post_or_404(request, pk)
    if not permissions.may_withdraw(request.user, post, now):
        raise Http404
    editing.withdraw(post=post, at=now)
    return render(request, "forum/withdrawn.html", {"post": post})


@login_required
@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    # Its topic may have gone out of everybody's sight with it.
    post = get_object_or_404(Post.objects.select_related("topic__board"), pk=pk)
    if not permissions.may_put_back(request.user, post, timezone.now()):
        raise Http404
    editing.put_back(post=post)
    messages.success(request, _("It is said again."))
    return redirect(post)
