"""Addresses of the fourgrid room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from feedback.fourgrid import api, settings_api, views

app_name = "fourgrid"

urlpatterns: list[URLPattern] = [
    path("builds/<str:slug>/ballot/", views.ballot, name="ballot"),
]
api_patterns: list[URLPattern] = [
    path("builds/<str:version>/ballot", api.BallotAddress.as_view(), name="api_ballot"),
    path("builds/<str:version>/ballot/draft", api.DraftAddress.as_view(), name="api_ballot_draft"),
    path(
        "products/<slug:slug>/installed-base/",
        settings_api.InstalledBaseAddress.as_view(),
        name="api_settings_installed_base",
    ),
    path(
        "products/<slug:slug>/installed-base/preview/",
        settings_api.InstalledBasePreview.as_view(),
        name="api_preview_installed_base",
    ),
    path(
        "products/<slug:slug>/eligibility/",
        settings_api.EligibilityAddress.as_view(),
        name="api_settings_eligibility",
    ),
    path(
        "products/<slug:slug>/eligibility/preview/",
        settings_api.EligibilityPreview.as_view(),
        name="api_preview_eligibility",
    ),
]
