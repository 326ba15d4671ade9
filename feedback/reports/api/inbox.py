"""An engineer's inbox for programs: what came back, notes, official replies; nobody's name."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from community.builds.models import Feature
from community.forum.api.problems import told
from community.forum.api.sent import PostSent
from community.forum.models import Topic
from community.members.api.keys import KEY, key_of
from community.members.api.pages import CursorPages
from community.members.api.scoped import Scoped
from community.members.api.sent import Sent, sent
from community.members.models import Member
from feedback.reports import queries
from feedback.reports.domain import inbox, notes, replying
from feedback.reports.domain.inbox import BUILDS_SHOWN
from feedback.reports.models import FollowUp, InboxReply, Side
from feedback.reports.permissions import can_answer_voters, can_reply_in, has_inbox

SIDE = OpenApiParameter("side", str, OpenApiParameter.PATH, enum=Side.values)
CURSOR = OpenApiParameter("cursor", str)


class InboxReplyShape(serializers.Serializer[InboxReply]):
    """An official reply, which everybody reads."""

    post = serializers.IntegerField(source="post_id")
    topic = serializers.IntegerField(source="post.topic_id")
    at = serializers.DateTimeField(source="made_at")


class InboxThemeShape(serializers.Serializer[inbox.ThemeCount]):
    """What at least five ballots say of a change."""

    side = serializers.ChoiceField(choices=Side.choices, source="theme.side")
    name = serializers.CharField(source="theme")
    ballots = serializers.IntegerField()


class InboxEntryShape(serializers.Serializer[inbox.Entry]):
    """What came back about one change; figures are null when fewer than five voters named it."""

    feature = serializers.IntegerField()
    title = serializers.CharField()
    named = serializers.IntegerField(source="row.line.named", allow_null=True, default=None)
    loved = serializers.IntegerField(source="row.loved", allow_null=True, default=None)
    let_down = serializers.IntegerField(source="row.let_down", allow_null=True, default=None)
    praise = serializers.ListField(child=serializers.CharField())
    complaints = serializers.ListField(child=serializers.CharField())
    themes = InboxThemeShape(many=True)
    replies = InboxReplyShape(many=True)


class LetterShape(serializers.Serializer[Any]):
    """One build of the inbox."""

    build = serializers.CharField(source="build.slug")
    thanks = serializers.IntegerField()
    entries = InboxEntryShape(many=True)


class InboxNoteShape(serializers.Serializer[FollowUp]):
    """A manager's note to the engineer."""

    id = serializers.IntegerField(source="pk")
    build = serializers.CharField(source="report.build.slug")
    feature = serializers.IntegerField(source="feature_id", allow_null=True)
    title = serializers.CharField()
    text = serializers.CharField()
    by = serializers.CharField(source="made_by.username", allow_null=True, default=None)
    at = serializers.DateTimeField(source="made_at")
    read_at = serializers.DateTimeField(allow_null=True)
    done_at = serializers.DateTimeField(allow_null=True)
    replies = InboxReplyShape(many=True, source="replies.all")


class InboxNoteSent(Sent):
    """What the engineer says of a note; reading it cannot be undone."""

    is_done = serializers.BooleanField(required=False)


class LatestFirst(CursorPages):
    ordering = ("-computed_at", "-id")
    page_size = BUILDS_SHOWN


class NewestNotes(CursorPages):
    ordering = ("-id",)


class OwnInbox(Scoped):
    """Engineers have one; to everybody else it is not there."""

    @property
    def engineer(self) -> Member:
        if not has_inbox(self.request.user):
            raise NotFound
        return self.member

    def note_or_404(self, pk: int) -> FollowUp:
        own = FollowUp.objects.notes_to(self.engineer)
        return get_object_or_404(own.select_related("report__build__topic__board", "theme"), pk=pk)

    def checked(self, topic: Topic | None) -> None:
        if topic is None:
            raise NotFound
        if not can_reply_in(self.request.user, topic, timezone.now()):
            raise PermissionDenied


class Letters(OwnInbox):
    """Counted builds with what they told of the engineer's changes."""

    pagination_class = LatestFirst

    @extend_schema(
        operation_id="inbox_letters",
        summary="What came back about what I built",
        description="After the close alone; totals and words of at least five voters.",
        tags=["builds"],
        parameters=[CURSOR],
        responses=LetterShape(many=True),
    )
    def get(self, request: Request) -> Response:
        pages, member = self.pagination_class(), self.engineer
        rows: Any = pages.paginate_queryset(inbox.reports_to(member), request, view=self)
        shown = LetterShape(inbox.letters(member, rows), many=True)
        return pages.get_paginated_response(shown.data)


class Notes(OwnInbox):
    """Notes from managers."""

    pagination_class = NewestNotes

    @extend_schema(
        operation_id="inbox_notes",
        summary="Notes from managers",
        tags=["builds"],
        parameters=[
            OpenApiParameter("is_done", bool, description="Those done, not the open."),
            CURSOR,
        ],
        responses=InboxNoteShape(many=True),
    )
    def get(self, request: Request) -> Response:
        is_done = request.query_params.get("is_done", "") in {"1", "true"}
        pages = self.pagination_class()
        own = queries.notes_to(self.engineer, is_done=is_done)
        rows: Any = pages.paginate_queryset(own, request, view=self)
        return pages.get_paginated_response(InboxNoteShape(rows, many=True).data)


class OneNote(OwnInbox):
    """A note."""

    @extend_schema(
        operation_id="inbox_note_update",
        summary="Mark a note as read, done, or open again",
        tags=["builds"],
        request=InboxNoteSent,
        responses=InboxNoteShape,
    )
    def patch(self, request: Request, pk: int) -> Response:
        note, now = self.note_or_404(pk), timezone.now()
        given = sent(InboxNoteSent(data=request.data))
        notes.mark_read(member=self.engineer, notes=[pk], at=now)
        if "is_done" in given:
            notes.set_done(member=self.engineer, note=note, is_done=given["is_done"], at=now)
        note.refresh_from_db()
        return Response(InboxNoteShape(note).data)


class NoteReplies(OwnInbox):
    """Official replies to a note."""

    @extend_schema(
        operation_id="inbox_note_reply",
        summary="Reply to a note as official",
        description="A post in the topic of the change, for everybody; the note is done with it.",
        tags=["builds"],
        parameters=[KEY],
        request=PostSent,
        responses={201: InboxReplyShape},
    )
    def post(self, request: Request, pk: int) -> Response:
        note = self.note_or_404(pk)
        self.checked(replying.topic_for(note))
        text, key = _said(request)
        with told():
            made = replying.reply_to_note(
                note=note, text=text, by=self.member, at=timezone.now(), key=key
            )
        return Response(InboxReplyShape(made).data, status=HTTPStatus.CREATED)


class VoterReplies(OwnInbox):
    """Official replies to the praise or the problems of a change."""

    @extend_schema(
        operation_id="inbox_feature_reply",
        summary="Reply to what voters wrote as official",
        description="A post in the topic of the change, for everybody; it names no voter.",
        tags=["builds"],
        parameters=[SIDE, KEY],
        request=PostSent,
        responses={201: InboxReplyShape},
    )
    def post(self, request: Request, pk: int, side: str) -> Response:
        known = Feature.objects.select_related("build", "topic__board", "build__topic__board")
        feature = get_object_or_404(known, pk=pk)
        if side not in Side.values or not can_answer_voters(request.user, feature):
            raise NotFound
        self.checked(replying.topic_of(feature))
        text, key = _said(request)
        with told():
            made = replying.reply_to_voters(
                feature=feature, side=side, text=text, by=self.member, at=timezone.now(), key=key
            )
        return Response(InboxReplyShape(made).data, status=HTTPStatus.CREATED)


def _said(request: Request) -> tuple[str, UUID | None]:
    """The words and the key that were sent."""
    words = sent(PostSent(data=request.data, context={"request": request}))
    return words["body"], key_of(request)
