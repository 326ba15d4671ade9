"""A member's bookmarks, and when to be reminded of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community.forum.domain import bookmarks
from community.forum.finding import post_or_404, reader
from community.forum.forms.bookmarks import BookmarkForm
from community.forum.queries.bookmarks import bookmark_of, bookmarks_of


@login_required
@never_cache
@require_safe
def bookmark_list(request: HttpRequest) -> HttpResponse:
    shown = bookmarks_of(reader(request), request.GET.get("before", ""))
    return render(request, "forum/bookmarks.html", {"list": shown, "now": timezone.now()})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bookmark(request: HttpRequest, pk: int) -> HttpResponse:
    """Bookmark a post, change its note and reminder, or take it away."""
    post, member, now = post_or_404(request, pk), reader(request), timezone.now()
    kept = bookmark_of(member, post)
    if "drop" in request.POST:
        bookmarks.drop(member=member, post=post)
        messages.success(request, _("The bookmark is gone."))
        return redirect(post)
    form = BookmarkForm(request.POST or None, instance=kept, at=now)
    if form.is_valid():
        bookmarks.keep(member=member, post=post, at=now, **form.cleaned_data)
        messages.success(request, _("Bookmarked."))
        return redirect(post)
    context = {"form": form, "post": post, "bookmark": kept, "now": now}
    return render(request, "forum/bookmark_form.html", context)
