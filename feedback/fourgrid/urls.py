"""Addresses of the fourgrid room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from feedback.fourgrid import api, views

app_name = "fourgrid"

urlpatterns: list[URLPattern] = [
    path("builds/<str:slug>/ballot/", views.ballot, name="ballot"),
]
api_patterns: list[URLPattern] = [
    path("builds/<str:version>/ballot", api.BallotAddress.as_view(), name="api_ballot"),
    path("builds/<str:version>/ballot/draft", api.DraftAddress.as_view(), name="api_ballot_draft"),
]
