"""Addresses of the forum room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from community.forum import reading_urls
from community.forum.api_urls import api_patterns
from community.forum.views import (
    acts,
    boards,
    bookmarking,
    columns,
    drafts,
    joining,
    moderating,
    reading,
    searching,
    versions,
    watching,
    writing,
)

__all__ = ["api_patterns", "app_name", "urlpatterns"]

app_name = "forum"

urlpatterns: list[URLPattern] = [
    path("forum/topics/<int:pk>/", reading.topic, name="topic"),  # first: it is asked for most
    *reading_urls.urlpatterns,
    path("forum/", boards.board_list, name="board_list"),
    path("forum/moderate/", acts.moderate_many, name="moderate_many"),
    path("forum/topics/<int:pk>/moderate/", acts.moderate, name="moderate"),
    path("forum/topics/<int:pk>/split/", acts.split, name="split"),
    path("forum/preview/", writing.preview, name="preview"),
    path("forum/drafts/", drafts.draft_list, name="draft_list"),
    path("forum/drafts/<str:place>/remove/", drafts.remove_draft, name="remove_draft"),
    path("forum/search/", searching.search, name="search"),
    path("forum/similar/", searching.similar, name="similar"),
    path("forum/topics/<int:pk>/reply/", writing.reply, name="reply"),
    path("forum/topics/<int:pk>/lock/", moderating.lock_topic, name="lock_topic"),
    path("forum/topics/<int:pk>/unlock/", moderating.unlock_topic, name="unlock_topic"),
    path("forum/posts/<int:pk>/", reading.post, name="post"),
    path("forum/topics/<int:pk>/me-too/", joining.me_too, name="me_too"),
    path("forum/topics/<int:pk>/fixed/", joining.say_fixed, name="say_fixed"),
    path("forum/posts/<int:pk>/answer/", joining.choose_answer, name="choose_answer"),
    path("forum/posts/<int:pk>/reactions/", joining.reactions, name="reactions"),
    path("forum/posts/<int:pk>/versions/", versions.versions, name="versions"),
    path(
        "forum/posts/<int:pk>/versions/<int:number>/restore/",
        versions.restore_version,
        name="restore_version",
    ),
    path(
        "forum/posts/<int:pk>/versions/<int:number>/hide/",
        versions.hide_version,
        name="hide_version",
    ),
    path("forum/posts/<int:pk>/withdraw/", versions.withdraw, name="withdraw"),
    path("forum/posts/<int:pk>/put-back/", versions.put_back, name="put_back"),
    path("forum/posts/<int:pk>/quote/", writing.quote, name="quote"),
    path("forum/posts/<int:pk>/edit/", writing.edit_post, name="edit_post"),
    path("forum/posts/<int:pk>/hide/", moderating.hide_post, name="hide_post"),
    path("forum/posts/<int:pk>/show/", moderating.show_post, name="show_post"),
    path("forum/posts/<int:pk>/bookmark/", bookmarking.bookmark, name="bookmark"),
    path("forum/watch/<str:name>/<int:pk>/", watching.watch, name="watch"),
    path("columns/", columns.column_list, name="column_list"),
    path("columns/<slug:slug>/", columns.column, name="column"),
    path("bookmarks/", bookmarking.bookmark_list, name="bookmarks"),
    path("forum/<slug:slug>/", boards.board, name="board"),
    path("forum/<slug:slug>/new/", writing.new_topic, name="new_topic"),
]
