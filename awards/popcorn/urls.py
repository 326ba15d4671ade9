"""Addresses of the popcorn room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from awards.popcorn import api
from awards.popcorn.settings_api import AwardKnobsAddress, AwardKnobsPreview
from awards.popcorn.views import discounts, feed, podium, ranking, receipts, steering

app_name = "popcorn"

urlpatterns: list[URLPattern] = [
    path("popcorn/", podium.podium, name="podium"),
    path("popcorn/ranking/", ranking.ranking, name="ranking"),
    path("popcorn/feed.atom", feed.feed, name="feed"),
    path("popcorn/<str:slug>/", podium.award, name="award"),
    path("popcorn/<str:slug>/<int:revision>/", podium.award, name="revision"),
    path("popcorn/<str:slug>/<int:revision>/receipt/", receipts.receipt, name="receipt"),
    path("popcorn/<str:slug>/announce/", steering.announce, name="announce"),
    path("popcorn/<str:slug>/withhold/", steering.withhold, name="withhold"),
    path("popcorn/<str:slug>/correct/", steering.correct, name="correct"),
    path("popcorn/<str:slug>/quotes/<int:quote_id>/", steering.hide_quote, name="hide_quote"),
    path("popcorn/<str:slug>/discounts/", discounts.discounts, name="discounts"),
    path("popcorn/<str:slug>/discounts/ask/", discounts.ask_override, name="ask_override"),
    path(
        "popcorn/<str:slug>/discounts/<int:override_id>/confirm/",
        discounts.confirm_override,
        name="confirm_override",
    ),
]
api_patterns: list[URLPattern] = [
    path("builds/<str:version>/award", api.AwardAddress.as_view(), name="api_award"),
    path("builds/<str:version>/award/bundle", api.BundleAddress.as_view(), name="api_award_bundle"),
    path(
        "builds/<str:version>/award/receipts/<str:receipt>",
        api.ReceiptAddress.as_view(),
        name="api_award_receipt",
    ),
    path("products/<slug:slug>/award/", AwardKnobsAddress.as_view(), name="api_settings_award"),
    path(
        "products/<slug:slug>/award/preview/",
        AwardKnobsPreview.as_view(),
        name="api_preview_award",
    ),
]
