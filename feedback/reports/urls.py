"""Addresses of the reports room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from feedback.reports.api import inbox as inbox_api
from feedback.reports.api.exports import Export, ExportFile, Exports
from feedback.reports.api.follow_ups import FollowUps
from feedback.reports.api.report import ReportAddress
from feedback.reports.api.themes import Correction, Corrections, Themes
from feedback.reports.models import ReportFile
from feedback.reports.views import ballots, compare, exports, following, inbox, reports, themes

app_name = "reports"

urlpatterns: list[URLPattern] = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/notes/<int:pk>/done/", inbox.set_done, name="set_done"),
    path("inbox/notes/<int:pk>/reply/", inbox.reply_to_note, name="reply_to_note"),
    path(
        "inbox/features/<int:pk>/<str:side>/reply/", inbox.reply_to_voters, name="reply_to_voters"
    ),
    path("reports/", reports.report_list, name="list"),
    # Before those of builds: an area may be called anything, also "ballots".
    path("reports/areas/<path:area>/", compare.area, name="area"),
    path("reports/<str:slug>/", reports.detail, name="detail"),
    path("reports/<str:slug>/read/", reports.mark_read, name="mark_read"),
    path("reports/<str:slug>/ballots/", ballots.ballots, name="ballots"),
    path("reports/<str:slug>/follow/", following.follow, name="follow"),
    path("reports/<str:slug>/themes/", themes.themes, name="themes"),
    path("reports/<str:slug>/themes/<int:pk>/", themes.theme, name="theme"),
    path("reports/<str:slug>/themes/<int:pk>/<str:kind>/", themes.correct, name="correct_theme"),
    path("reports/<str:slug>/corrections/<int:pk>/undo/", themes.undo, name="undo_correction"),
    path("reports/<str:slug>/compare/<str:other>/", compare.compare, name="compare"),
    path("reports/<str:slug>/exports/", exports.exports, name="exports"),
    path("reports/<str:slug>/exports/<int:pk>/", exports.fetch, name="export"),
    *(
        path(f"reports/<str:slug>/{file.value}", exports.take, {"file": file}, name=name)
        for file, name in (
            (ReportFile.PDF, "report_pdf"),
            (ReportFile.FEATURES, "features_csv"),
            (ReportFile.BALLOTS, "ballots_csv"),
            (ReportFile.WORKBOOK, "report_xlsx"),
            (ReportFile.DOCUMENT, "report_json"),
        )
    ),
]
api_patterns: list[URLPattern] = [
    path("builds/<str:version>/report", ReportAddress.as_view(), name="api_report"),
    path("builds/<str:version>/report/exports", Exports.as_view(), name="api_export_list"),
    path("builds/<str:version>/report/exports/<int:pk>", Export.as_view(), name="api_export"),
    path(
        "builds/<str:version>/report/exports/<int:pk>/file",
        ExportFile.as_view(),
        name="api_export_file",
    ),
    path("builds/<str:version>/report/themes", Themes.as_view(), name="api_theme_list"),
    path(
        "builds/<str:version>/report/themes/<int:pk>/corrections",
        Corrections.as_view(),
        name="api_theme_correct",
    ),
    path(
        "builds/<str:version>/report/corrections/<int:pk>",
        Correction.as_view(),
        name="api_theme_correction",
    ),
    path("builds/<str:version>/report/follow-ups", FollowUps.as_view(), name="api_follow_ups"),
    path("inbox/builds/", inbox_api.Letters.as_view(), name="api_inbox"),
    path("inbox/notes/", inbox_api.Notes.as_view(), name="api_inbox_note_list"),
    path("inbox/notes/<int:pk>/", inbox_api.OneNote.as_view(), name="api_inbox_note"),
    path(
        "inbox/notes/<int:pk>/replies/",
        inbox_api.NoteReplies.as_view(),
        name="api_inbox_note_reply",
    ),
    path(
        "inbox/features/<int:pk>/<str:side>/replies/",
        inbox_api.VoterReplies.as_view(),
        name="api_inbox_reply",
    ),
]
