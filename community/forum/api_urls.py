"""What the forum adds to /api/v1/."""

from django.urls import URLPattern, path

from community.forum.api import (
    acts,
    columns,
    drafts,
    joining,
    posts,
    reading,
    search,
    topics,
    versions,
    watching,
)

api_patterns: list[URLPattern] = [
    path("search/", search.Search.as_view(), name="api_search"),
    path("suggestions/", search.Suggestions.as_view(), name="api_suggestions"),
    path("boards/", topics.BoardList.as_view(), name="api_board_list"),
    path("boards/<slug:slug>/", topics.OneBoard.as_view(), name="api_board"),
    path("boards/<slug:slug>/topics/", topics.BoardTopics.as_view(), name="api_board_topics"),
    path("tags/", topics.TagList.as_view(), name="api_tag_list"),
    path("topics/", topics.TopicLists.as_view(), name="api_topic_list"),
    path("topics/read/", reading.AllRead.as_view(), name="api_all_read"),
    path("topics/acts/", acts.Acts.as_view(), name="api_acts"),
    path("topics/<int:pk>/", topics.OneTopic.as_view(), name="api_topic"),
    path("topics/<int:pk>/posts/", posts.TopicPosts.as_view(), name="api_topic_posts"),
    path("topics/<int:pk>/me-too/", joining.MeToo.as_view(), name="api_me_too"),
    path("topics/<int:pk>/best-answer/", joining.BestAnswer.as_view(), name="api_best_answer"),
    path("topics/<int:pk>/fixed-in/", joining.FixedIn.as_view(), name="api_fixed_in"),
    path("topics/<int:pk>/read-mark/", reading.OwnReadMark.as_view(), name="api_read_mark"),
    path("topics/<int:pk>/split/", acts.Split.as_view(), name="api_split"),
    path("posts/<int:pk>/", posts.OnePost.as_view(), name="api_post"),
    path("posts/<int:pk>/hidden/", acts.HiddenPost.as_view(), name="api_hidden_post"),
    path("posts/<int:pk>/put-back/", posts.PutBack.as_view(), name="api_put_back"),
    path("posts/<int:pk>/reactions/", joining.Reactions.as_view(), name="api_reaction_list"),
    path(
        "posts/<int:pk>/reactions/<str:kind>/",
        joining.OneReaction.as_view(),
        name="api_reaction",
    ),
    path("posts/<int:pk>/versions/", versions.VersionList.as_view(), name="api_version_list"),
    path(
        "posts/<int:pk>/versions/<int:number>/restore/",
        versions.Restore.as_view(),
        name="api_restore_version",
    ),
    path(
        "posts/<int:pk>/versions/<int:number>/hidden/",
        versions.HiddenVersion.as_view(),
        name="api_hidden_version",
    ),
    path("posts/<int:pk>/bookmark/", watching.OwnBookmark.as_view(), name="api_bookmark"),
    path("reading/", reading.Reading.as_view(), name="api_reading"),
    path("bookmarks/", watching.BookmarkList.as_view(), name="api_bookmark_list"),
    path("watches/<str:name>/<int:pk>/", watching.OwnWatch.as_view(), name="api_watch"),
    path("columns/", columns.ColumnList.as_view(), name="api_column_list"),
    path("columns/<slug:slug>/instalments/", columns.Instalments.as_view(), name="api_instalments"),
    path("drafts/", drafts.DraftList.as_view(), name="api_draft_list"),
    path("drafts/<str:place>/", drafts.OneDraft.as_view(), name="api_draft"),
]
