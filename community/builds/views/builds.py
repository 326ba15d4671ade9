"""The page of one build, and the QR codes of its downloads."""

from dataclasses import dataclass
from io import BytesIO

import segno
from django.core.cache import caches
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from community.builds import panels, permissions, queries
from community.builds.models import (
    Build,
    BuildFile,
    Engineer,
    Feature,
    KnownIssue,
    ProductDevice,
)
from community.text import markdown


@dataclass(frozen=True)
class Row:
    """A feature as the page shows it."""

    feature: Feature
    engineers: list[Engineer]
    body: SafeString
    verdict: SafeString
    origin: SafeString


def build_or_404(request: HttpRequest, slug: str) -> Build:
    """The build at an address; what one must not see is not there."""
    build = (
        queries.builds_for(request.user).select_related("topic").filter(slug=slug).first()
        if permissions.can_open_studio(request.user)
        else caches["moments"].get_or_set(f"build:{slug}", lambda: queries.public_build(slug))
    )
    if build is None:
        raise Http404
    return build


class BuildPage:
    """What readers of one audience see alike of a build, asked for when the page comes to it."""

    def __init__(self, request: HttpRequest, build: Build) -> None:
        self._request = request
        self.build = build
        self.audience = panels.audience(request, build)

    @property
    def notes(self) -> SafeString:
        return markdown.render(self.build.notes)

    @cached_property
    def features(self) -> list[Feature]:
        return list(queries.features_of(self.build))

    @property
    def areas(self) -> dict[str, list[Row]]:
        return _by_area(self._request, self.build, self.features)

    @property
    def engineer_count(self) -> int:
        return len({e.pk for feature in self.features for e in feature.builders})

    @property
    def devices(self) -> QuerySet[ProductDevice]:
        return self.build.product.devices.order_by("family")

    @property
    def files(self) -> QuerySet[BuildFile]:
        return self.build.files.order_by("name")

    @property
    def known_issues(self) -> QuerySet[KnownIssue]:
        return self.build.known_issues.order_by("pk")

    @property
    def after_features(self) -> SafeString:
        return panels.of_build("build.after_features", self._request, self.build)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    build = build_or_404(request, slug)
    context = {
        "shared": BuildPage(request, build),
        "action": panels.of_build("build.action", request, build),
        "can_manage": permissions.can_publish(request.user, build),
    }
    return render(request, "builds/detail.html", context)


def _by_area(request: HttpRequest, build: Build, features: list[Feature]) -> dict[str, list[Row]]:
    """Rows under their area, areas in the order of the change list, those without one last."""
    ids = [feature.pk for feature in features]
    verdicts = panels.of_features("feature.verdict", request, build, ids)
    origins = panels.of_features("feature.origin", request, build, ids)
    none = SafeString()
    groups: dict[str, list[Row]] = {feature.area: [] for feature in features if feature.area}
    groups[""] = []
    for feature in features:
        verdict, origin = verdicts.get(feature.pk, none), origins.get(feature.pk, none)
        body = markdown.render(feature.body) if feature.body else none
        groups[feature.area].append(Row(feature, feature.builders, body, verdict, origin))
    return {area: rows for area, rows in groups.items() if rows}


@require_safe
@cache_control(private=True, max_age=86_400)
def download_code(request: HttpRequest, slug: str, file_id: int) -> HttpResponse:
    """The address of a download as a QR code: point the phone at it."""
    file = get_object_or_404(build_or_404(request, slug).files, pk=file_id)
    drawing = BytesIO()
    segno.make(file.url, error="m").save(drawing, kind="svg", scale=4, border=2, light="#ffffff")
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")
