"""Moderating: hide and show posts, lock and unlock topics."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.forum import permissions
from community.forum.domain import moderation
from community.forum.finding import post_or_404, reader, topic_or_404
from community.forum.models import Post


@login_required
@require_POST
def hide_post(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _moderated_post(request, pk)
    moderation.hide_post(post=shown, by=reader(request), at=timezone.now())
    messages.success(request, _("Nobody but moderators sees it now."))
    return redirect(shown)


@login_required
@require_POST
def show_post(request: HttpRequest, pk: int) -> HttpResponse:
    shown = _moderated_post(request, pk)
    moderation.show_post(post=shown, by=reader(request), at=timezone.now())
    messages.success(request, _("Everybody sees it again."))
    return redirect(shown)


def _moderated_post(request: HttpRequest, pk: int) -> Post:
    shown = post_or_404(request, pk)
    if not permissions.moderates(request.user, shown.topic.board):
        raise Http404
    return shown


@login_required
@require_POST
def lock_topic(request: HttpRequest, pk: int) -> HttpResponse:
    return _set_locked(request, pk, is_locked=True)


@login_required
@require_POST
def unlock_topic(request: HttpRequest, pk: int) -> HttpResponse:
    return _set_locked(request, pk, is_locked=False)


def _set_locked(request: HttpRequest, pk: int, *, is_locked: bool) -> HttpResponse:
    shown = topic_or_404(request, pk)
    if not permissions.moderates(request.user, shown.board):
        raise Http404
    moderation.set_locked(topic=shown, is_locked=is_locked, by=reader(request), at=timezone.now())
    messages.success(request, _("Locked: nobody can reply.") if is_locked else _("Unlocked."))
    return redirect(shown)
