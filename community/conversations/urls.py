"""Addresses of the conversations room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from community.conversations import views
from community.conversations.api import conversations as api
from community.conversations.api import taking_part

app_name = "conversations"

urlpatterns: list[URLPattern] = [
    path("conversations/", views.inbox, name="inbox"),
    path("conversations/new/", views.begin, name="begin"),
    path("conversations/<int:pk>/", views.detail, name="detail"),
    path("conversations/<int:pk>/read/", views.mark_read, name="mark_read"),
    path("conversations/<int:pk>/answer/", views.answer, name="answer"),
    path("conversations/<int:pk>/add/", views.add_member, name="add_member"),
    path("conversations/<int:pk>/leave/", views.leave, name="leave"),
    path("conversations/messages/<int:pk>/edit/", views.edit, name="edit"),
    path("conversations/messages/<int:pk>/reported/", views.reported, name="reported"),
    path("conversations/messages/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
api_patterns: list[URLPattern] = [
    path("conversations/", api.ConversationList.as_view(), name="api_conversation_list"),
    path("conversations/<int:pk>/", taking_part.OneConversation.as_view(), name="api_conversation"),
    path(
        "conversations/<int:pk>/members/",
        taking_part.Members.as_view(),
        name="api_conversation_members",
    ),
    path(
        "conversations/<int:pk>/read-mark/",
        taking_part.ReadUntil.as_view(),
        name="api_conversation_read",
    ),
    path("conversations/messages/<int:pk>/", taking_part.OneMessage.as_view(), name="api_message"),
    path("conversations/<int:pk>/messages/", api.MessageList.as_view(), name="api_message_list"),
]
