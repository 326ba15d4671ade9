"""Addresses of the proposals room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from feedback.proposals.api import proposals, rounds
from feedback.proposals.views import answering, reading, voting, writing

app_name = "proposals"

urlpatterns: list[URLPattern] = [
    path("wishes/", reading.proposal_list, name="list"),
    path("wishes/new/", writing.create, name="create"),
    path("wishes/similar/", writing.similar, name="similar"),
    path("wishes/decide/<str:slug>/", answering.decide, name="decide"),
    path("wishes/<int:pk>/", reading.detail, name="detail"),
    path("wishes/<int:pk>/edit/", writing.edit, name="edit"),
    path("wishes/<int:pk>/vote/", voting.vote, name="vote"),
    path("wishes/<int:pk>/answer/", answering.answer, name="answer"),
    path("wishes/<int:pk>/merge/", answering.merge, name="merge"),
    path("wishes/<int:pk>/unmerge/", answering.unmerge, name="unmerge"),
    path("plan/", reading.plan, name="plan"),
]
api_patterns: list[URLPattern] = [
    path("proposals/", proposals.ProposalList.as_view(), name="api_proposal_list"),
    path("proposals/<int:pk>/", proposals.ProposalDetail.as_view(), name="api_proposal"),
    path("proposals/<int:pk>/votes/", rounds.Votes.as_view(), name="api_proposal_votes"),
    path("proposals/<int:pk>/answer/", proposals.Answer.as_view(), name="api_proposal_answer"),
    path("proposals/<int:pk>/merge/", proposals.Merging.as_view(), name="api_proposal_merge"),
    path("wish-rounds/", rounds.RoundList.as_view(), name="api_wish_round_list"),
]
