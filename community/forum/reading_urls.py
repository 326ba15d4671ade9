"""Addresses of lists across boards, and of what the page of a topic asks for."""

from django.urls import URLPattern, path

from community.forum import feeds
from community.forum.views import lists, marks, pulse

urlpatterns: list[URLPattern] = [
    path("forum/new/", lists.new, name="new"),
    path("forum/unread/", lists.unread, name="unread"),
    path("forum/mine/", lists.mine, name="mine"),
    path("forum/needs-an-answer/", lists.needs_an_answer, name="needs_an_answer"),
    path("forum/tags/", lists.tag_list, name="tag_list"),
    path("forum/tags/<path:folded>/", lists.tag, name="tag"),
    path("forum/feeds/boards/<slug:slug>/", feeds.BoardFeed.as_view(), name="board_feed"),
    path("forum/feeds/tags/<path:folded>/", feeds.TagFeed.as_view(), name="tag_feed"),
    path("forum/feeds/topics/<int:pk>/", feeds.TopicFeed.as_view(), name="topic_feed"),
    path("forum/read/", marks.mark_all_read, name="mark_all_read"),
    path("forum/reading/", marks.choose_reading, name="choose_reading"),
    path("forum/topics/<int:pk>/pulse/", pulse.pulse, name="pulse"),
    path("forum/topics/<int:pk>/read/", marks.mark_read, name="mark_read"),
]
