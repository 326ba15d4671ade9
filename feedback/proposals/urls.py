"""Addresses of the proposals room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from feedback.proposals import api, views

app_name = "proposals"

urlpatterns: list[URLPattern] = [
    path("wishes/", views.proposal_list, name="list"),
    path("wishes/new/", views.create, name="create"),
    path("wishes/<int:pk>/", views.detail, name="detail"),
    path("wishes/<int:pk>/edit/", views.edit, name="edit"),
    path("wishes/<int:pk>/answer/", views.answer, name="answer"),
]
api_patterns: list[URLPattern] = [
    path("proposals/", api.ProposalList.as_view(), name="api_proposal_list"),
]
