"""Addresses of the honours room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from community.honours import api, views

app_name = "honours"

urlpatterns: list[URLPattern] = [
    path("levels/", views.levels, name="levels"),
    path("levels/history/", views.history, name="history"),
    path("leaderboards/", views.leaderboards, name="leaderboards"),
    path("medals/", views.medals, name="medals"),
]
api_patterns: list[URLPattern] = [
    path("leaderboards/<slug:board>/", api.LeaderboardAddress.as_view(), name="api_leaderboard"),
    path("medals/", api.MedalList.as_view(), name="api_medal_list"),
    path(
        "members/<str:username>/medals/", api.MedalsOfMember.as_view(), name="api_medals_of_member"
    ),
    path("experience/", api.ExperienceAddress.as_view(), name="api_experience"),
]
