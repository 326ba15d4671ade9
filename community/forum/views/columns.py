"""The columns, and the archive of one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.forum.models import Column
from community.forum.queries import columns as queries


@require_safe
def column_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    columns = Column.objects.readable_by(request.user).order_by("name", "pk")
    context = {"entries": queries.entries(columns), "now": now}
    return render(request, "forum/column_list.html", context)


@require_safe
def column(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    readable = Column.objects.readable_by(request.user).filter(slug=slug)
    entry = next(iter(queries.entries(readable)), None)
    if entry is None:
        raise Http404
    is_editor = entry.is_edited_by(request.user)
    context = {
        "column": entry.column,
        "entry": entry,
        "list": queries.instalments_of(entry.column, request.GET.get("before", "")),
        "is_editor": is_editor,
        "is_overdue": is_editor and entry.is_overdue(now),
        "now": now,
    }
    return render(request, "forum/column.html", context)
