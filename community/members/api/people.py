"""/api/v1/members/: who is here, and what each shows of themselves."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members import queries
from community.members.api.scoped import Page, Scoped, address
from community.members.api.sent import sent
from community.members.models import Device, Member
from community.members.showing import ShownMember, shown_to


class MemberRow(serializers.Serializer[Member]):
    """A member in a list."""

    username = serializers.CharField()
    display_name = serializers.CharField()
    level = serializers.IntegerField()
    photo = serializers.CharField(source="photo_url", help_text='"" is a letter.')


class MemberPage(Page):
    """Members in the order of pinyin."""

    results = MemberRow(many=True)


class ShownDevice(serializers.Serializer[Device]):
    family = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name, not its title
    is_main = serializers.BooleanField()


class FigureShape(serializers.Serializer[Any]):
    """How many there are of what, in the reader's language."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name, not its title
    count = serializers.IntegerField()


class ProfileShape(serializers.Serializer[ShownMember]):
    """A member as whoever asks may see them; what they do not show is empty."""

    username = serializers.CharField(source="member.username")
    display_name = serializers.CharField(source="member.display_name")
    level = serializers.IntegerField(source="member.level")
    photo = serializers.CharField(source="member.photo_large_url")
    about = serializers.CharField(source="member.about", help_text="Markdown.")
    since = serializers.SerializerMethodField(help_text="A month, such as 2026-11.")
    region = serializers.CharField()
    devices = ShownDevice(many=True)
    figures = serializers.SerializerMethodField()
    stance = serializers.CharField(help_text="One's own: follows, ignores, blocks or nothing.")

    def get_since(self, shown: ShownMember) -> str:
        return f"{shown.member.date_joined:%Y-%m}"

    @extend_schema_field(FigureShape(many=True))
    def get_figures(self, shown: ShownMember) -> list[dict[str, Any]]:
        return [{"label": str(label), "count": count} for label, count in shown.figures]


class Wanted(serializers.Serializer[Any]):
    """By the first letter of the name's pinyin, by region; "" does not narrow."""

    initial = serializers.CharField(max_length=1, default="", allow_blank=True)
    region = serializers.CharField(max_length=40, default="", allow_blank=True)
    after = serializers.CharField(max_length=200, default="", allow_blank=True)


class MemberList(Scoped):
    is_public = True

    @extend_schema(
        operation_id="members_list",
        summary="List members",
        tags=["members"],
        parameters=[Wanted],
        responses=MemberPage,
    )
    def get(self, request: Request) -> Response:
        asked = sent(Wanted(data=request.query_params))
        found = queries.listed_members(request.user, **asked)
        page = {"next": address(request, {"after": found.later}), "results": found.members}
        return Response(MemberPage(page).data)


class OneMember(Scoped):
    is_public = True

    @extend_schema(
        operation_id="members_retrieve",
        summary="Read a profile",
        tags=["members"],
        responses=ProfileShape,
    )
    def get(self, request: Request, username: str) -> Response:
        member = get_object_or_404(Member, username=username.lower(), is_active=True)
        return Response(ProfileShape(shown_to(request.user, member)).data)
