"""Addresses of the notices room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from community.notices.api import notices as api
from community.notices.api import settings as api_settings
from community.notices.views import notices, push, settings

app_name = "notices"

urlpatterns: list[URLPattern] = [
    path("notices/", notices.notice_list, name="list"),
    path("notices/unread/", notices.unread, name="unread"),
    path("notices/read/", notices.read_all, name="read_all"),
    path("notices/<int:pk>/", notices.open_notice, name="open"),
    path("notices/<int:pk>/read/", notices.read_notice, name="read"),
    path("notices/unsubscribe/<str:token>/", settings.unsubscribe, name="unsubscribe"),
    path("notices/push/subscribe/", push.subscribe, name="subscribe_push"),
    path("notices/push/unsubscribe/", push.unsubscribe, name="unsubscribe_push"),
    path("service-worker.js", push.worker, name="worker"),
    path("settings/notices/", settings.settings, name="settings"),
]
api_patterns: list[URLPattern] = [
    path("notices/", api.NoticeList.as_view(), name="api_notice_list"),
    path("notices/unread/", api.Unread.as_view(), name="api_notices_unread"),
    path("notices/read/", api.ReadAll.as_view(), name="api_notices_read"),
    path("notices/choices/", api_settings.Choices.as_view(), name="api_notice_choices"),
    path("notices/rhythm/", api_settings.OwnRhythm.as_view(), name="api_notice_rhythm"),
    path("notices/browsers/", api_settings.Browsers.as_view(), name="api_browser_list"),
    path("notices/browsers/<int:pk>/", api_settings.OneBrowser.as_view(), name="api_browser"),
    path("notices/<int:pk>/read/", api.ReadOne.as_view(), name="api_notice_read"),
]
