"""Addresses of the popcorn room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from awards.popcorn import api, views

app_name = "popcorn"

urlpatterns: list[URLPattern] = [
    path("popcorn/", views.podium, name="podium"),
    path("popcorn/ranking/", views.ranking, name="ranking"),
    path("popcorn/<str:slug>/", views.award, name="award"),
    path("popcorn/<str:slug>/announce/", views.announce, name="announce"),
    path("popcorn/<str:slug>/withhold/", views.withhold, name="withhold"),
    path("popcorn/<str:slug>/correct/", views.correct, name="correct"),
    path("popcorn/<str:slug>/override/", views.override, name="override"),
    path("popcorn/<str:slug>/<int:revision>/", views.award, name="revision"),
    path("popcorn/<str:slug>/<int:revision>/bundle/", views.bundle, name="bundle"),
    path("popcorn/<str:slug>/<int:revision>/receipt/", views.receipt, name="receipt"),
]
api_patterns: list[URLPattern] = [
    path("builds/<str:version>/award", api.AwardView.as_view(), name="api_award"),
    path("builds/<str:version>/award/bundle", api.BundleView.as_view(), name="api_award_bundle"),
    path(
        "builds/<str:version>/award/receipts/<str:receipt>",
        api.ReceiptView.as_view(),
        name="api_award_receipt",
    ),
]
