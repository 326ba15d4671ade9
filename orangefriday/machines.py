"""What machines ask a site for: robots.txt, the map of the site, whom to tell of a weakness."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from awards.popcorn.models import Award
from community.builds.models import Build
from community.forum.models import Board, Topic

IDS_A_MAP = 10_000
VALID_FOR = timedelta(days=180)
_XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Where nothing is to be found, or only what is one reader's own.
CLOSED = (
    *("/accounts/", "/admin/", "/settings/", "/studio/", "/preferences/", "/api/"),
    *("/pictures/", "/reports/"),
)

Entry = tuple[str, datetime | None]  # a path, and when it changed
for_an_hour = cache_control(public=True, max_age=3600)


@require_safe
@for_an_hour
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return _text(lines)


@require_safe
@for_an_hour
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell of a weakness; not there until somebody is named."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    # The same all day, so that it can be kept.
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + VALID_FOR
    return _text(
        [
            f"Contact: {settings.SECURITY_CONTACT}",
            f"Expires: {expires.isoformat()}",
            "Preferred-Languages: en, zh",
            f"Canonical: {request.build_absolute_uri(reverse('security_txt'))}",
        ]
    )


@require_safe
@for_an_hour
def sitemap(request: HttpRequest) -> HttpResponse:
    """The parts of the map; topics by ranges of their ids, so that no part is counted out."""
    last = Topic.objects.aggregate(last=Max("pk"))["last"] or 0
    parts = [reverse("sitemap_part", args=[name]) for name in MAPS]
    parts += [
        reverse("sitemap_topics", args=[first]) for first in range(0, last + 1, IDS_A_MAP) if last
    ]
    inside = "".join(f"<sitemap><loc>{_absolute(request, path)}</loc></sitemap>" for path in parts)
    return _xml(f'<sitemapindex xmlns="{_XMLNS}">{inside}</sitemapindex>')


@require_safe
@for_an_hour
def sitemap_part(request: HttpRequest, name: str) -> HttpResponse:
    if name not in MAPS:
        raise Http404
    return _urls(request, MAPS[name]())


@require_safe
@for_an_hour
def sitemap_topics(request: HttpRequest, first: int) -> HttpResponse:
    """Topics that everybody may read, of so many ids."""
    if first % IDS_A_MAP:
        raise Http404
    topics = Topic.objects.readable_by_everybody().filter(pk__gte=first, pk__lt=first + IDS_A_MAP)
    rows = topics.order_by("pk").values_list("pk", "last_post_at")
    return _urls(request, ((reverse("forum:topic", args=[pk]), at) for pk, at in rows.iterator()))


def _pages() -> Iterator[Entry]:
    for name in ("home", "builds:archive", "builds:engineer_list", "popcorn:podium"):
        yield reverse(name), None
    for name in ("popcorn:ranking", "proposals:list", "forum:board_list"):
        yield reverse(name), None
    for board in Board.objects.filter(readers=Board.Readers.EVERYBODY).order_by("position", "pk"):
        yield board.get_absolute_url(), None


def _builds() -> Iterator[Entry]:
    for slug, at in Build.objects.public().order_by("pk").values_list("slug", "published_at"):
        yield reverse("builds:detail", args=[slug]), at


def _awards() -> Iterator[Entry]:
    announced = Award.objects.announced().order_by("pk")
    for slug, at in announced.values_list("build__slug", "announced_at"):
        yield reverse("popcorn:award", args=[slug]), at


MAPS: dict[str, Callable[[], Iterator[Entry]]] = {
    "pages": _pages,
    "builds": _builds,
    "awards": _awards,
}


def _urls(request: HttpRequest, entries: Iterator[Entry]) -> HttpResponse:
    inside = "".join(
        f"<url><loc>{_absolute(request, path)}</loc>"
        + (f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else "")
        + "</url>"
        for path, at in entries
    )
    return _xml(f'<urlset xmlns="{_XMLNS}">{inside}</urlset>')


def _absolute(request: HttpRequest, path: str) -> str:
    return escape(request.build_absolute_uri(path))


def _xml(text: str) -> HttpResponse:
    return HttpResponse(
        f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n', content_type="application/xml"
    )


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
