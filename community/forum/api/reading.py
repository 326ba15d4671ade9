"""How far one has read, and how one likes to read."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.forum.api.sent import ReadSent
from community.forum.domain import reading
from community.forum.finding import topic_or_404
from community.forum.models import ReadingHabit
from community.forum.queries.reader import CONTINUOUS, PAGES
from community.members.api.scoped import DONE, Scoped, done
from community.members.api.sent import Sent, sent
from community.notices.domain.reading import read_about


class ReadingShape(Sent):
    """Topics in pages, or each as one long page that grows as one reads."""

    reading = serializers.ChoiceField([PAGES, CONTINUOUS])


class OwnReadMark(Scoped):
    @extend_schema(
        operation_id="read_marks_update",
        summary="Say how far I have read",
        tags=["forum"],
        request=ReadSent,
        responses=DONE,
    )
    def put(self, request: Request, pk: int) -> Response:
        now, topic = timezone.now(), topic_or_404(request, pk)
        read = sent(ReadSent(data=request.data))
        read.setdefault("place", read["last_read"])
        reading.mark_read(member_id=self.member.pk, topic_id=topic.pk, at=now, **read)
        # Its posts are before them: what they were told about it is no news any more.
        read_about(member=self.member, about=[f"topic:{topic.pk}"], at=now)
        return done()


class AllRead(Scoped):
    @extend_schema(
        operation_id="read_marks_all",
        summary="Mark every topic as read",
        tags=["forum"],
        request=None,
        responses=DONE,
    )
    def post(self, request: Request) -> Response:
        reading.mark_all_read(member=self.member, at=timezone.now())
        return done()


class Reading(Scoped):
    @extend_schema(
        operation_id="reading_retrieve",
        summary="Read how I like to read",
        tags=["forum"],
        responses=ReadingShape,
    )
    def get(self, request: Request) -> Response:
        long = ReadingHabit.objects.filter(member=self.member, is_continuous=True)
        return Response({"reading": CONTINUOUS if long.exists() else PAGES})

    @extend_schema(
        operation_id="reading_update",
        summary="Choose pages or one long page",
        tags=["forum"],
        request=ReadingShape,
        responses=ReadingShape,
    )
    def put(self, request: Request) -> Response:
        chosen = sent(ReadingShape(data=request.data))
        is_continuous = chosen["reading"] == CONTINUOUS
        reading.choose_reading(member=self.member, is_continuous=is_continuous)
        return Response(chosen)
