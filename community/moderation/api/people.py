"""/api/v1/moderation/members/, /api/v1/standing/: the ladder, from above and from below."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.api.keys import KEY, key_of
from community.members.api.scoped import DONE, Conflict, Scoped, done
from community.members.api.sent import Sent, sent
from community.moderation import permissions, queries
from community.moderation.api import shapes
from community.moderation.api.desk import AtTheDesk
from community.moderation.domain import sanctions
from community.moderation.domain.log import record
from community.moderation.finding import member_or_404
from community.moderation.forms import HOURS
from community.moderation.models import Sanction


class SanctionSent(Sent):
    """A step of the ladder; a warning has no end. The member reads the reason."""

    step = serializers.ChoiceField(Sanction.Step.choices)
    hours = serializers.ChoiceField([hours for hours, _name in HOURS], default=HOURS[0][0])
    reason = serializers.CharField(max_length=500)


class AppealSent(Sent):
    """One's word against a sanction, once; another moderator reads it."""

    appeal = serializers.CharField(max_length=1000)


class OneMember(AtTheDesk):
    @extend_schema(
        operation_id="moderated_members_retrieve",
        summary="Read a member's ladder, notes and cases",
        tags=["moderation"],
        description="That it was read is in the staff log.",
        responses=shapes.MemberShape,
    )
    def get(self, request: Request, username: str) -> Response:
        now, member = timezone.now(), member_or_404(username)
        subject = f"member:{member.username}"
        record(by=self.member, act="read_member", subject=subject, at=now, about=[member.pk])
        shown = {
            "member": member,
            "sanctions": queries.sanctions_of(member),
            "notes": queries.notes_of(member),
            "cases": queries.cases_about(self.desk, member),
            "suggested": sanctions.suggested(member=member, at=now),
            "may_sanction": permissions.may_sanction(request.user, member),
            "may_suspend": permissions.may_suspend(request.user, member),
        }
        return Response(shapes.MemberShape(shown).data)


class Notes(AtTheDesk):
    @extend_schema(
        operation_id="notes_create",
        summary="Write a note about a member",
        tags=["moderation"],
        parameters=[KEY],
        request=shapes.NoteShape,
        responses={201: shapes.NoteShape},
    )
    def post(self, request: Request, username: str) -> Response:
        member, said = member_or_404(username), sent(shapes.NoteShape(data=request.data))
        note = sanctions.add_note(
            member=member,
            by=self.member,
            at=timezone.now(),
            submission_key=key_of(request),
            **said,
        )
        return Response(shapes.NoteShape(note).data, status=status.HTTP_201_CREATED)


class Sanctions(AtTheDesk):
    @extend_schema(
        operation_id="sanctions_create",
        summary="Warn, silence or suspend a member",
        tags=["moderation"],
        parameters=[KEY],
        request=SanctionSent,
        responses={201: shapes.SanctionShape},
    )
    def post(self, request: Request, username: str) -> Response:
        member, said = member_or_404(username), sent(SanctionSent(data=request.data))
        is_suspension = said["step"] == Sanction.Step.SUSPENSION
        may = permissions.may_suspend if is_suspension else permissions.may_sanction
        if not may(request.user, member):
            raise PermissionDenied
        given = sanctions.give(
            member=member,
            by=self.member,
            at=timezone.now(),
            submission_key=key_of(request),
            **said,
        )
        return Response(shapes.SanctionShape(given).data, status=status.HTTP_201_CREATED)


class OneSanction(AtTheDesk):
    @extend_schema(
        operation_id="sanctions_lift",
        summary="Lift a sanction",
        tags=["moderation"],
        responses=DONE,
    )
    def delete(self, request: Request, pk: int) -> Response:
        given = get_object_or_404(Sanction.objects.select_related("member"), pk=pk)
        if not permissions.may_sanction(request.user, given.member):
            raise Http404
        sanctions.lift(sanction=given, by=self.member, at=timezone.now())
        return done()


class Standing(Scoped):
    @extend_schema(
        operation_id="standing_retrieve",
        summary="Read my own standing",
        tags=["moderation"],
        responses=shapes.StandingShape,
    )
    def get(self, request: Request) -> Response:
        own = self.member
        shown = {"sanctions": queries.sanctions_of(own), "looks": queries.looks_at(own)}
        return Response(shapes.StandingShape(shown).data)


class Appeal(Scoped):
    @extend_schema(
        operation_id="appeals_create",
        summary="Appeal against a sanction",
        tags=["moderation"],
        request=AppealSent,
        responses={201: shapes.OwnSanction},
    )
    def post(self, request: Request, pk: int) -> Response:
        own = get_object_or_404(Sanction, pk=pk, member=self.member)
        words = sent(AppealSent(data=request.data))["appeal"]
        try:
            sanctions.appeal(sanction=own, words=words, at=timezone.now())
        except sanctions.AppealedBefore as error:
            text = _("You have appealed already, or it does not stand any more.")
            raise Conflict(text, "appealed_before") from error
        own.refresh_from_db()
        return Response(shapes.OwnSanction(own).data, status=status.HTTP_201_CREATED)
