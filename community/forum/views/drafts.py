"""What one has begun to write."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.forum.domain.drafts import forget_draft
from community.forum.finding import reader
from community.forum.places import places_of
from community.forum.queries.writing import drafts_of


@login_required
@require_safe
def draft_list(request: HttpRequest) -> HttpResponse:
    drafts = places_of(drafts_of(request.user))
    return render(request, "forum/draft_list.html", {"drafts": drafts, "now": timezone.now()})


@login_required
@require_POST
def remove_draft(request: HttpRequest, place: str) -> HttpResponse:
    forget_draft(member=reader(request), place=place)
    messages.success(request, _("The draft is gone."))
    return redirect("forum:draft_list")
