"""/builds/feed.atom: every build that went out, for those who read by themselves."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.builds import queries
from community.builds.models import Build
from community.text.markdown import render

ENTRIES = 20


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    atom = Atom1Feed(
        title=_("Orange Friday: builds"),
        link=request.build_absolute_uri(reverse("builds:archive")),
        description=None,
        feed_url=request.build_absolute_uri(),
        language=get_language(),
    )
    for build in queries.latest_builds(ENTRIES):
        address = request.build_absolute_uri(reverse("builds:detail", args=[build.slug]))
        atom.add_item(
            title=_title(build),
            link=address,
            unique_id=address,
            description=_changes(build),
            pubdate=build.published_at,
            updateddate=build.published_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


def _title(build: Build) -> str:
    title = f"{build.product} {build.version}"
    return (
        f"{title} · {build.get_state_display()}" if build.state == Build.State.RECALLED else title
    )


def _changes(build: Build) -> SafeString:
    """The notes, then each change with who built it."""
    items = format_html_join(
        "",
        "<li>{}{}</li>",
        (
            (
                feature.title,
                f" ({', '.join(map(str, feature.builders))})" if feature.builders else "",
            )
            for feature in build.features.all()
        ),
    )
    return format_html("{}<ul>{}</ul>", render(build.notes), items)
