"""Addresses of the media room: pages, and what it adds to /api/v1/."""

from django.urls import URLPattern, path, re_path

from community.media import api, views

app_name = "media"

urlpatterns: list[URLPattern] = [
    path("pictures/", api.PictureUpload.as_view(schema=None), name="upload"),
    path("settings/photograph/", views.portrait, name="portrait"),
    path("settings/photograph/remove/", views.remove_portrait, name="remove_portrait"),
    re_path(r"^pictures/(?P<key>[0-9a-f]{32})\.webp$", views.picture, name="picture"),
    re_path(
        r"^pictures/(?P<key>[0-9a-f]{32})-(?P<width>96|320|960)\.webp$", views.picture, name="copy"
    ),
]
api_patterns: list[URLPattern] = [
    path("pictures/", api.PictureUpload.as_view(), name="api_picture_list"),
    path("photograph/", api.PortraitAddress.as_view(), name="api_photograph"),
]
