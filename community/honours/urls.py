"""Addresses of the honours room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from community.honours.api.leading import ExperienceAddress, LeaderboardAddress
from community.honours.api.medals import Application, Grants, MedalList, MedalsOfMember, TakenBack
from community.honours.views import leading, medals

app_name = "honours"

urlpatterns: list[URLPattern] = [
    path("levels/", leading.levels, name="levels"),
    path("levels/history/", leading.history, name="history"),
    path("leaderboards/", leading.leaderboards, name="leaderboards"),
    path("medals/", medals.medals, name="medals"),
    path("medals/<slug:slug>/apply/", medals.apply, name="apply"),
    path("medals/grants/<int:pk>/take-back/", medals.take_back, name="take_back"),
]
api_patterns: list[URLPattern] = [
    path(
        "leaderboards/<slug:board>/",
        LeaderboardAddress.as_view(),
        name="api_leaderboard",
    ),
    path("medals/", MedalList.as_view(), name="api_medal_list"),
    path(
        "members/<str:username>/medals/",
        MedalsOfMember.as_view(),
        name="api_medals_of_member",
    ),
    path(
        "medals/<slug:slug>/application/",
        Application.as_view(),
        name="api_medal_application",
    ),
    path("medals/<slug:slug>/grants/", Grants.as_view(), name="api_medal_grants"),
    path(
        "medals/grants/<int:pk>/take-back/",
        TakenBack.as_view(),
        name="api_medal_taken_back",
    ),
    path("experience/", ExperienceAddress.as_view(), name="api_experience"),
]
