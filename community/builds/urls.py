"""Addresses of the builds room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from community.builds.api.builds import BuildDetail, BuildList
from community.builds.api.calendar import CalendarAddress, CalendarPreview
from community.builds.api.installs import InstallReport
from community.builds.api.mail import MailAddress, MailPreview
from community.builds.api.settings import ChangeList
from community.builds.views import (
    archive,
    builds,
    cards,
    change_list,
    curation,
    details,
    engineers,
    feed,
    importing,
    products,
    schedule,
    settings,
    studio,
)

app_name = "builds"

PUBLIC = [
    path("builds/", archive.archive, name="archive"),
    path("builds/feed.atom", feed.feed, name="feed"),
    path("builds/<str:slug>/", builds.detail, name="detail"),
    path("builds/<str:slug>/files/<int:file_id>.svg", builds.download_code, name="download_code"),
    path("builds/<str:slug>/card/", cards.build_card, name="build_card"),
    path("features/<int:pk>/", cards.feature, name="feature"),
    path("features/<int:pk>/card/", cards.feature_card, name="feature_card"),
    path("engineers/", engineers.engineer_list, name="engineer_list"),
    path("engineers/<str:slug>/", engineers.engineer_page, name="engineer"),
    path("engineers/<str:slug>/card/", cards.engineer_card, name="engineer_card"),
    path("engineers/<str:slug>/claim/", engineers.claim, name="claim"),
    path("engineers/<str:slug>/thank/", engineers.thank, name="thank"),
    path("engineers/<str:slug>/hide/", engineers.set_hidden, name="set_hidden"),
    path("engineers/<str:slug>/edit/", engineers.edit, name="engineer_edit"),
]

STUDIO = [
    path("studio/", studio.studio, name="studio"),
    path("studio/new/", studio.new_draft, name="new_draft"),
    path("studio/import/", importing.import_notes, name="import"),
    path("studio/engineers/", curation.curate, name="curate"),
    path("studio/engineers/<str:slug>/unmerge/", curation.unmerge, name="unmerge"),
    path("studio/engineers/<str:slug>/let-go/", curation.let_go, name="let_go"),
    path("studio/claims/<int:claim_id>/", curation.decide_claim, name="decide_claim"),
    path("studio/products/<slug:slug>/", products.edit_product, name="product"),
    path("studio/products/<slug:slug>/<slug:name>/", settings.edit_section, name="section"),
]

_BUILD = "studio/builds/<str:slug>/"
DESK = [
    path(_BUILD, change_list.change_list, name="change_list"),
    path(f"{_BUILD}page/", details.edit_page, name="edit_page"),
    path(f"{_BUILD}rules/", details.edit_rules, name="edit_rules"),
    path(f"{_BUILD}week/", schedule.edit_week, name="edit_week"),
    path(f"{_BUILD}steps/<str:step>/", studio.take_step, name="take_step"),
    path(f"{_BUILD}changes/new/", change_list.new_change, name="new_change"),
    path(f"{_BUILD}changes/put-back/", change_list.put_change_back, name="put_change_back"),
    path(f"{_BUILD}changes/<int:feature_id>/", change_list.edit_change, name="edit_change"),
    path(f"{_BUILD}changes/<int:feature_id>/move/", change_list.move_change, name="move_change"),
    path(
        f"{_BUILD}changes/<int:feature_id>/remove/",
        change_list.remove_change,
        name="remove_change",
    ),
]

urlpatterns: list[URLPattern] = [*PUBLIC, *STUDIO, *DESK]
api_patterns: list[URLPattern] = [
    path("builds/", BuildList.as_view(), name="api_build_list"),
    path("builds/<str:version>/", BuildDetail.as_view(), name="api_build"),
    path("builds/<str:version>/installs", InstallReport.as_view(), name="api_installs"),
    path("products/<slug:slug>/changes/", ChangeList.as_view(), name="api_settings_changes"),
    path("products/<slug:slug>/calendar/", CalendarAddress.as_view(), name="api_settings_calendar"),
    path(
        "products/<slug:slug>/calendar/preview/",
        CalendarPreview.as_view(),
        name="api_preview_calendar",
    ),
    path("products/<slug:slug>/mail/", MailAddress.as_view(), name="api_settings_mail"),
    path("products/<slug:slug>/mail/preview/", MailPreview.as_view(), name="api_preview_mail"),
]
