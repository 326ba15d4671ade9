"""Addresses of the members room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path

from community.members.api import devices, own
from community.members.api import people as api_people
from community.members.api.downloads import DownloadList
from community.members.api.relations import RelationAddress, RelationList
from community.members.views import data, people, settings

app_name = "members"

urlpatterns: list[URLPattern] = [
    path("members/", people.member_list, name="list"),
    path("members/<str:username>/", people.profile, name="profile"),
    path("members/<str:username>/card/", people.card, name="card"),
    path("members/<str:username>/relation/", people.relate, name="relate"),
    path("settings/", settings.edit_profile, name="settings"),
    path("settings/privacy/", settings.edit_privacy, name="privacy"),
    path("settings/data/", data.overview, name="data"),
    path("settings/data/copy/", data.ask_download, name="ask_download"),
    path("settings/data/<int:pk>/file/", data.download_file, name="download_file"),
    path("settings/data/erase/", data.ask_erasure, name="ask_erasure"),
    path("settings/data/stay/", data.undo_erasure, name="undo_erasure"),
    path("settings/people/", settings.relation_list, name="relations"),
    path("settings/preferences/", settings.edit_preferences, name="preferences"),
    path("settings/devices/", settings.device_list, name="devices"),
    path("settings/devices/<int:pk>/main/", settings.make_device_main, name="make_device_main"),
    path("settings/devices/<int:pk>/remove/", settings.remove_device, name="remove_device"),
    path("settings/tokens/", settings.token_list, name="tokens"),
    path("settings/tokens/<int:pk>/revoke/", settings.revoke_token, name="revoke_token"),
]
api_patterns: list[URLPattern] = [
    path("data-downloads/", DownloadList.as_view(), name="api_download_list"),
    path("profile/", own.ProfileAddress.as_view(), name="api_profile"),
    path("privacy/", own.PrivacyAddress.as_view(), name="api_privacy"),
    path("preferences/", own.PreferencesAddress.as_view(), name="api_preferences"),
    path("devices/", devices.DeviceList.as_view(), name="api_device_list"),
    path("devices/<int:pk>/", devices.OneDevice.as_view(), name="api_device"),
    path("devices/<int:pk>/main/", devices.MainDevice.as_view(), name="api_main_device"),
    path("members/", api_people.MemberList.as_view(), name="api_member_list"),
    path("members/<str:username>/", api_people.OneMember.as_view(), name="api_member"),
    path("relations/", RelationList.as_view(), name="api_relation_list"),
    path("members/<str:username>/relation/", RelationAddress.as_view(), name="api_relation"),
]
