"""Addresses of the forum room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from community.forum import views

app_name = "forum"

urlpatterns: list[URLPattern] = [
    path("forum/", views.board_list, name="board_list"),
    path("forum/topics/<int:pk>/", views.topic, name="topic"),
    path("forum/topics/<int:pk>/reply/", views.reply, name="reply"),
    path("forum/topics/<int:pk>/lock/", views.lock_topic, name="lock_topic"),
    path("forum/topics/<int:pk>/unlock/", views.unlock_topic, name="unlock_topic"),
    path("forum/posts/<int:pk>/", views.post, name="post"),
    path("forum/posts/<int:pk>/edit/", views.edit_post, name="edit_post"),
    path("forum/posts/<int:pk>/hide/", views.hide_post, name="hide_post"),
    path("forum/posts/<int:pk>/show/", views.show_post, name="show_post"),
    path("forum/<slug:slug>/", views.board, name="board"),
    path("forum/<slug:slug>/new/", views.new_topic, name="new_topic"),
]
api_patterns: list[URLPattern] = []
