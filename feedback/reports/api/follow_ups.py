"""What managers make of a report for programs: proposals, bug topics, notes, and what became."""

from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from community.forum.api.problems import told
from community.members.api.keys import KEY, key_of
from community.members.api.pages import CursorPages
from community.members.api.scoped import Conflict, Scoped
from community.members.api.sent import Sent, sent
from community.members.models import ApiToken
from feedback.reports import queries
from feedback.reports.api.report import report_or_404
from feedback.reports.domain import following
from feedback.reports.domain.following import Source, Written
from feedback.reports.domain.listing import handle_of
from feedback.reports.forms import SourceForm
from feedback.reports.models import FollowUp

Kind = FollowUp.Kind
# A topic begins with a post; a proposal may be its title alone.
NEEDED = {Kind.TOPIC: ("text",), Kind.NOTE: ("engineer", "text")}
VERSION = OpenApiParameter("version", str, OpenApiParameter.PATH, description="Its address.")


class FollowUpShape(serializers.Serializer[FollowUp]):
    """One step from the report, and what became of it."""

    id = serializers.IntegerField(source="pk")
    kind = serializers.ChoiceField(choices=Kind.choices)
    title = serializers.CharField()
    text = serializers.CharField()
    theme = serializers.IntegerField(source="theme_id", allow_null=True)
    feature = serializers.IntegerField(source="feature_id", allow_null=True)
    ballot = serializers.SerializerMethodField(help_text="Of a comment: its row in the list.")
    place = serializers.CharField(help_text="Of a comment: where it stands on the ballot.")
    proposal = serializers.IntegerField(source="proposal_id", allow_null=True)
    topic = serializers.IntegerField(source="topic_id", allow_null=True)
    engineer = serializers.CharField(source="engineer.slug", allow_null=True, default=None)
    became = serializers.SerializerMethodField(
        help_text="The status of the wish; open or fixed; unread, read, done or replied."
    )
    by = serializers.CharField(source="made_by.username", allow_null=True, default=None)
    at = serializers.DateTimeField(source="made_at")

    def get_ballot(self, made: FollowUp) -> str:
        if made.ballot is None:
            return ""
        return handle_of(made.ballot.build_id, bytes(made.ballot.receipt))

    def get_became(self, made: FollowUp) -> str:
        if made.proposal:
            return str(made.proposal.status)
        if made.topic:
            return "fixed" if made.topic.fixed_in else "open"
        if made.replies.all():
            return "replied"
        return "done" if made.done_at else "read" if made.read_at else "unread"


class FollowUpSent(Sent):
    """What it comes from – a theme, a feature, or a comment by ballot and place – and words."""

    kind = serializers.ChoiceField(choices=Kind.choices)
    theme = serializers.IntegerField(required=False, min_value=1, max_value=2**62)
    feature = serializers.IntegerField(required=False, min_value=1, max_value=2**62)
    ballot = serializers.CharField(required=False, max_length=64)
    place = serializers.CharField(required=False, max_length=30)
    title = serializers.CharField(max_length=120)
    text = serializers.CharField(required=False, allow_blank=True, max_length=5000, default="")
    device = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=40,
        help_text="Of a bug topic; unless it is sent, the one that a theme is clearly about.",
    )
    engineer = serializers.CharField(
        required=False, max_length=80, help_text="Whom a note is for: their address."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if missing := [name for name in NEEDED.get(attrs["kind"], ()) if not attrs.get(name)]:
            said = {name: [self.fields[name].error_messages["required"]] for name in missing}
            raise ValidationError(said)
        return attrs


class NewestFollowUps(CursorPages):
    ordering = ("-id",)


class FollowUps(Scoped):
    """What was made of a report."""

    writes_with = ApiToken.Scope.BUILDS
    pagination_class = NewestFollowUps

    @extend_schema(
        operation_id="report_follow_ups",
        summary="What became of a report",
        tags=["builds"],
        parameters=[VERSION, OpenApiParameter("cursor", str)],
        responses=FollowUpShape(many=True),
    )
    def get(self, request: Request, version: str) -> Response:
        made = queries.follow_ups_of(report_or_404(request, version)).select_related("ballot")
        pages = self.pagination_class()
        rows: Any = pages.paginate_queryset(made, request, view=self)
        return pages.get_paginated_response(FollowUpShape(rows, many=True).data)

    @extend_schema(
        operation_id="report_follow_up",
        summary="Follow up a theme, a feature or a comment",
        description="Becomes a proposal, a topic on the board for bugs or a note to an engineer.",
        tags=["builds"],
        parameters=[VERSION, KEY],
        request=FollowUpSent,
        responses={201: FollowUpShape},
    )
    def post(self, request: Request, version: str) -> Response:
        report = report_or_404(request, version)
        given, now = sent(FollowUpSent(data=request.data)), timezone.now()
        form = SourceForm(given)
        found = form.found_in(report, at=now) if form.is_valid() else None
        if found is None:
            raise NotFound
        key = key_of(request) or uuid4()
        written = Written(
            title=given["title"],
            text=given["text"],
            by=self.member,
            at=now,
            key=key,
            device=given.get("device", found[0].device),
        )
        with told():
            made = self._made(found[0], written, given)
        shown = queries.follow_ups_of(report).select_related("ballot").get(pk=made.pk)
        return Response(FollowUpShape(shown).data, status=HTTPStatus.CREATED)

    def _made(self, source: Source, written: Written, given: dict[str, Any]) -> FollowUp:
        if given["kind"] == Kind.PROPOSAL:
            return following.propose(source, written)
        if given["kind"] == Kind.TOPIC:
            try:
                return following.open_bug(source, written)
            except following.NoBoard as none:
                raise Conflict(_("This site has no board for bugs."), "no_board") from none
        engineers = queries.engineers_for(source.report, source.about, source.theme)
        engineer = engineers.filter(slug=given["engineer"]).first()
        if engineer is None:
            raise ValidationError({"engineer": [_("Nobody of that name built it.")]})
        return following.write_note(source, written, engineer)
