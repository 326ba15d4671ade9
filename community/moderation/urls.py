"""Addresses of the moderation room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

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
api_patterns: list[URLPattern] = []
