"""Addresses of the polls room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from feedback.polls.api import moderating, polls
from feedback.polls.api import voting as voting_api
from feedback.polls.views import making, voting

app_name = "polls"

urlpatterns: list[URLPattern] = [
    path("forum/topics/<int:pk>/polls/new/", making.new_poll, name="new"),
    path("polls/<int:pk>/", voting.detail, name="detail"),
    path("polls/<int:pk>/vote/", voting.vote, name="vote"),
    path("polls/<int:pk>/voters/", voting.voters, name="voters"),
    path("polls/<int:pk>/files/<str:name>", voting.export, name="export"),
    path("polls/<int:pk>/manage/", making.manage, name="manage"),
    path("polls/<int:pk>/end/", making.end, name="end"),
    path("polls/<int:pk>/hide/", making.set_hidden, name="set_hidden"),
    path("polls/<int:pk>/withdraw/", making.withdraw, name="withdraw"),
    path("polls/<int:pk>/options/<int:option>/picture/", making.put_picture, name="put_picture"),
]
api_patterns: list[URLPattern] = [
    path("topics/<int:pk>/polls/", polls.TopicPolls.as_view(), name="api_topic_poll_list"),
    path("polls/<int:pk>/", polls.OnePoll.as_view(), name="api_poll"),
    path("polls/<int:pk>/vote", voting_api.Vote.as_view(), name="api_poll_vote"),
    path("polls/<int:pk>/options/", polls.PollOptions.as_view(), name="api_poll_option_list"),
    path(
        "polls/<int:pk>/options/<int:option>/picture/",
        moderating.OptionPicture.as_view(),
        name="api_option_picture",
    ),
    path("polls/<int:pk>/hidden/", moderating.HiddenPoll.as_view(), name="api_hidden_poll"),
    path("polls/<int:pk>/end", polls.End.as_view(), name="api_poll_end"),
    path("polls/<int:pk>/files/<str:name>", voting_api.Files.as_view(), name="api_poll_file"),
]
