"""Addresses of the reports room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from feedback.reports.api.report import ReportAddress
from feedback.reports.api.themes import Correction, Corrections, Themes
from feedback.reports.views import ballots, compare, exports, following, reports, themes

app_name = "reports"

urlpatterns: list[URLPattern] = [
    path("inbox/", following.inbox, name="inbox"),
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
    path("reports/<str:slug>/features.csv", exports.features, name="features_csv"),
    path("reports/<str:slug>/ballots.csv", exports.ballots, name="ballots_csv"),
    path("reports/<str:slug>/report.xlsx", exports.report_xlsx, name="report_xlsx"),
    path("reports/<str:slug>/report.pdf", exports.report_pdf, name="report_pdf"),
    path("reports/<str:slug>/report.json", exports.report_json, name="report_json"),
]
api_patterns: list[URLPattern] = [
    path("builds/<str:version>/report", ReportAddress.as_view(), name="api_report"),
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
]
