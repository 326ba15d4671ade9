"""/api/v1/medals/: what there is to earn, who holds what, asking for, giving, taking back."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.honours import permissions, queries
from community.honours.domain import applying
from community.honours.domain import medals as granting
from community.honours.models import Medal, MedalApplication, MedalGrant
from community.honours.words import sentence
from community.members.api import HasScope
from community.members.api.scoped import DONE, Conflict, Scoped, done
from community.members.api.sent import Sent, sent
from community.members.models import ApiToken, Member
from community.members.permissions import audiences


class StageShape(serializers.Serializer[Any]):
    """A stage of a medal; `share` is of all members."""

    number = serializers.IntegerField()
    holders = serializers.IntegerField()
    share = serializers.FloatField()


class MedalShape(serializers.Serializer[Any]):
    """A medal in both languages, and how it is earned."""

    slug = serializers.CharField()
    name = serializers.CharField()
    name_zh = serializers.CharField()
    description = serializers.CharField()
    description_zh = serializers.CharField()
    is_by_rule = serializers.BooleanField()
    is_by_application = serializers.BooleanField()
    lasts_days = serializers.IntegerField(allow_null=True, help_text="Null: for ever.")
    stages = StageShape(many=True, source="stages.all")


class HeldShape(serializers.Serializer[Any]):
    """The highest stage of a medal that a member holds."""

    id = serializers.IntegerField(help_text="Of the grant.")
    medal = serializers.CharField(source="stage.medal.slug")
    number = serializers.IntegerField(source="stage.number")
    share = serializers.FloatField(source="stage.share")
    since = serializers.DateTimeField()
    until = serializers.DateTimeField(allow_null=True, help_text="Null: for ever.")
    reason = serializers.CharField()


class MedalList(APIView):
    """Every medal."""

    permission_classes = (AllowAny, HasScope)

    @extend_schema(
        operation_id="medals_list",
        tags=["members"],
        summary="List medals",
        responses=MedalShape(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(MedalShape(queries.all_medals(), many=True).data)


class MedalsOfMember(APIView):
    """What a member holds, the rarest first; nothing where they do not show what they do."""

    permission_classes = (AllowAny, HasScope)

    @extend_schema(
        operation_id="members_medals",
        tags=["members"],
        summary="See the medals of a member",
        responses=HeldShape(many=True),
    )
    def get(self, request: Request, username: str) -> Response:
        member = get_object_or_404(Member, username=username.lower(), is_active=True)
        is_shown = member.activity_seen_by in audiences(request.user, member)
        held = queries.medals_of(member, timezone.now()) if is_shown else []
        return Response(HeldShape(held, many=True).data)


class ApplicationShape(Sent):
    """What one asked for, and what staff decided."""

    stage = serializers.IntegerField(source="stage.number", read_only=True)
    words = serializers.CharField(max_length=1000, help_text="Why you; staff alone read it.")
    applied_at = serializers.DateTimeField(read_only=True)
    state = serializers.ChoiceField(MedalApplication.State.choices, read_only=True)
    answer = serializers.CharField(read_only=True)


class WhySent(Sent):
    """The member reads it."""

    reason = serializers.CharField(max_length=200)


class Application(Scoped):
    """One's own application for a medal that members apply for."""

    @extend_schema(
        operation_id="medal_applications_retrieve",
        summary="Read what I asked for last",
        tags=["members"],
        responses=ApplicationShape,
    )
    def get(self, request: Request, slug: str) -> Response:
        medal = get_object_or_404(Medal, slug=slug, is_by_application=True)
        own = queries.applications_of(self.member).get(medal.pk)
        if own is None:
            raise Http404
        return Response(ApplicationShape(own).data)

    @extend_schema(
        operation_id="medal_applications_create",
        summary="Ask for a medal",
        tags=["members"],
        description="For the lowest stage one does not hold. Staff decide.",
        request=ApplicationShape,
        responses={201: ApplicationShape},
    )
    def post(self, request: Request, slug: str) -> Response:
        now, said = timezone.now(), sent(ApplicationShape(data=request.data))
        medal = get_object_or_404(Medal, slug=slug, is_by_application=True)
        if not permissions.may_apply(request.user, medal, now):
            raise PermissionDenied
        try:
            made = applying.apply(medal=medal, member=self.member, at=now, **said)
        except applying.HeldAlready as refused:
            raise Conflict(sentence(refused), "held_already") from refused
        except applying.WaitsAlready as refused:
            raise Conflict(sentence(refused), "waits_already") from refused
        except applying.RefusedLately as refused:
            raise Conflict(sentence(refused), "refused_lately") from refused
        return Response(ApplicationShape(made).data, status=status.HTTP_201_CREATED)


class GrantShape(Sent):
    """A medal that is given by hand."""

    id = serializers.IntegerField(source="pk", read_only=True)
    member = serializers.CharField(
        source="member.username", max_length=40, help_text="The login name."
    )
    number = serializers.IntegerField(source="stage.number", min_value=1, max_value=32_767)
    reason = serializers.CharField(max_length=200, help_text="It stands on the profile.")
    granted_at = serializers.DateTimeField(read_only=True)
    expires_at = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="Null: for ever."
    )


class ForAdmins(Scoped):
    """A token of theirs needs the scope for moderation."""

    reads_with = writes_with = ApiToken.Scope.MODERATION

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not permissions.may_give(request.user):
            raise Http404


class Grants(ForAdmins):
    @extend_schema(
        operation_id="medal_grants_create",
        summary="Give a medal by hand",
        tags=["moderation"],
        description="None that is earned by rule. 409 when the member holds this stage.",
        request=GrantShape,
        responses={201: GrantShape},
    )
    def post(self, request: Request, slug: str) -> Response:
        medal = get_object_or_404(Medal, slug=slug, is_by_rule=False)
        said = sent(GrantShape(data=request.data))
        stage = get_object_or_404(medal.stages.select_related("medal"), **said["stage"])
        member = Member.objects.filter(
            username=said["member"]["username"].lower(), is_active=True
        ).first()
        if member is None:
            raise ValidationError({"member": [_("Nobody here has this login name.")]})
        if not granting.give(
            stage=stage, member=member, by=self.member, reason=said["reason"], at=timezone.now()
        ):
            raise Conflict(_("The member holds this medal already."), "held_already")
        given = MedalGrant.objects.select_related("stage", "member").get(
            stage=stage, member=member, ended_at=None
        )
        return Response(GrantShape(given).data, status=status.HTTP_201_CREATED)


class TakenBack(ForAdmins):
    @extend_schema(
        operation_id="medal_grants_take_back",
        summary="Take a medal back",
        tags=["moderation"],
        request=WhySent,
        responses=DONE,
    )
    def post(self, request: Request, pk: int) -> Response:
        known = MedalGrant.objects.select_related("stage__medal", "member")
        grant = get_object_or_404(known, pk=pk)
        said = sent(WhySent(data=request.data))
        granting.take_back(grant=grant, by=self.member, at=timezone.now(), **said)
        return done()
