"""Every address of the site: each room brings its own."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from awards.popcorn import urls as popcorn
from community.builds import urls as builds
from community.conversations import urls as conversations
from community.dashboard import urls as dashboard
from community.forum import urls as forum
from community.gifts import urls as gifts
from community.honours import urls as honours
from community.media import urls as media
from community.members import urls as members
from community.moderation import urls as moderation
from community.notices import urls as notices
from feedback.fourgrid import urls as fourgrid
from feedback.polls import urls as polls
from feedback.proposals import urls as proposals
from feedback.reports import urls as reports
from orangefriday import health, home, machines, preferences

handler400 = "orangefriday.problems.bad_request"
handler404 = "orangefriday.problems.not_found"
handler500 = "orangefriday.problems.server_error"

# The forum first: it is asked for most, and addresses are looked for one after the other.
ROOMS = (
    *(forum, members, honours, media, notices, moderation, conversations, dashboard, builds, gifts),
    *(polls, proposals, fourgrid, reports),
    popcorn,
)

urlpatterns = [
    path("", home.home, name="home"),
    *[path("", include(room)) for room in ROOMS],
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security, name="security_txt"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-topics-<int:first>.xml", machines.sitemap_topics, name="sitemap_topics"),
    path("sitemap-<slug:name>.xml", machines.sitemap_part, name="sitemap_part"),
    path("preferences/language/", preferences.choose_language, name="choose_language"),
    path("preferences/scheme/", preferences.choose_scheme, name="choose_scheme"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path(
        "api/v1/",
        include(
            [
                path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
                path(
                    "docs/",
                    SpectacularSwaggerSplitView.as_view(url_name="api_schema"),
                    name="api_docs",
                ),
                *[pattern for room in ROOMS for pattern in room.api_patterns],
            ]
        ),
    ),
]

if settings.DEBUG or settings.LOCAL:
    from orangefriday import design

    urlpatterns.append(path("design/", design.style_page, name="design"))
