"""Addresses of the reports room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from feedback.reports import api
from feedback.reports.views import ballots, compare, exports, reports

app_name = "reports"

urlpatterns: list[URLPattern] = [
    path("reports/", reports.report_list, name="list"),
    # Before those of builds: an area may be called anything, also "ballots".
    path("reports/areas/<path:area>/", compare.area, name="area"),
    path("reports/<str:slug>/", reports.detail, name="detail"),
    path("reports/<str:slug>/read/", reports.mark_read, name="mark_read"),
    path("reports/<str:slug>/ballots/", ballots.ballots, name="ballots"),
    path("reports/<str:slug>/compare/<str:other>/", compare.compare, name="compare"),
    path("reports/<str:slug>/features.csv", exports.features, name="features_csv"),
    path("reports/<str:slug>/ballots.csv", exports.ballots, name="ballots_csv"),
    path("reports/<str:slug>/report.json", exports.report_json, name="report_json"),
]
api_patterns: list[URLPattern] = [
    path("builds/<str:version>/report", api.ReportAddress.as_view(), name="api_report"),
]
