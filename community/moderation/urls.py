"""Addresses of the moderation room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from community.moderation.api import cases, reports
from community.moderation.api import log as api_log
from community.moderation.api import people as api_people
from community.moderation.api import words as api_words
from community.moderation.views import log, people, queue, reporting, words

app_name = "moderation"

urlpatterns: list[URLPattern] = [
    path("moderation/", queue.queue, name="queue"),
    path("moderation/cases/<int:pk>/", queue.case, name="case"),
    path("moderation/cases/<int:pk>/claim/", queue.claim, name="claim"),
    path("moderation/cases/<int:pk>/release/", queue.let_go, name="let_go"),
    path("moderation/cases/<int:pk>/settle/", queue.settle, name="settle"),
    path("moderation/members/<str:username>/", people.member, name="member"),
    path("moderation/members/<str:username>/note/", people.add_note, name="add_note"),
    path("moderation/members/<str:username>/sanction/", people.sanction, name="sanction"),
    path("moderation/sanctions/<int:pk>/lift/", people.lift, name="lift"),
    path("moderation/log/", log.log, name="log"),
    path("moderation/log/<int:pk>/undo/", log.undo, name="undo"),
    path("moderation/words/", words.word_list, name="words"),
    path("moderation/words/<int:pk>/", words.word, name="word"),
    path("moderation/words/<int:pk>/remove/", words.remove_word, name="remove_word"),
    path("report/<slug:kind>/<int:pk>/", reporting.report, name="report"),
    path("settings/standing/", people.standing, name="standing"),
    path("settings/standing/<int:pk>/appeal/", people.appeal, name="appeal"),
]
api_patterns: list[URLPattern] = [
    path("reports/", reports.Reports.as_view(), name="api_report_list"),
    path("standing/", api_people.Standing.as_view(), name="api_standing"),
    path("standing/<int:pk>/appeal/", api_people.Appeal.as_view(), name="api_appeal"),
    path("moderation/cases/", cases.CaseList.as_view(), name="api_case_list"),
    path("moderation/cases/<int:pk>/", cases.OneCase.as_view(), name="api_case"),
    path("moderation/cases/<int:pk>/claim/", cases.Claim.as_view(), name="api_claim"),
    path("moderation/cases/<int:pk>/settlement/", cases.Settle.as_view(), name="api_settlement"),
    path(
        "moderation/members/<str:username>/",
        api_people.OneMember.as_view(),
        name="api_moderated_member",
    ),
    path(
        "moderation/members/<str:username>/notes/",
        api_people.Notes.as_view(),
        name="api_note_list",
    ),
    path(
        "moderation/members/<str:username>/sanctions/",
        api_people.Sanctions.as_view(),
        name="api_sanction_list",
    ),
    path("moderation/sanctions/<int:pk>/", api_people.OneSanction.as_view(), name="api_sanction"),
    path("moderation/words/", api_words.WordList.as_view(), name="api_word_list"),
    path("moderation/words/trial/", api_words.Trial.as_view(), name="api_word_trial"),
    path("moderation/words/<int:pk>/", api_words.OneWord.as_view(), name="api_word"),
    path("moderation/log/", api_log.Log.as_view(), name="api_log"),
    path("moderation/log/<int:pk>/undo/", api_log.Undo.as_view(), name="api_undo"),
]
