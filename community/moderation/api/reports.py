"""/api/v1/reports/: what a member tells moderators about something they may read."""

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.api.scoped import Scoped, done
from community.members.api.sent import Sent, sent
from community.members.models import Member
from community.moderation import subjects
from community.moderation.domain import cases
from community.moderation.kinds import PROFILES
from community.moderation.models import Report
from community.text.whole import number

HEARD = {204: OpenApiResponse(description="A moderator will look at it, from now on or before.")}


class ReportSent(Sent):
    """What is wrong with what: `kind` is post, member, message, poll or gift; `subject` is its
    id, of a member their login name. Only moderators read the words."""

    kind = serializers.SlugField(max_length=20)
    subject = serializers.CharField(max_length=40)
    reason = serializers.ChoiceField(Report.Reason.choices)
    words = serializers.CharField(max_length=500, default="", allow_blank=True)


class Reports(Scoped):
    @extend_schema(
        operation_id="reports_create",
        summary="Report a post, a member, a message, a poll or a gift",
        tags=["moderation"],
        request=ReportSent,
        responses=HEARD,
    )
    def post(self, request: Request) -> Response:
        said = sent(ReportSent(data=request.data))
        known, pk = subjects.find(said["kind"]), _id(said["kind"], said["subject"])
        if known is None or not known.may_report(request.user, pk):
            raise Http404
        try:
            cases.report(
                kind=said["kind"],
                subject=pk,
                reporter=self.member,
                reason=said["reason"],
                words=said["words"],
                at=timezone.now(),
            )
        except cases.ReportedBefore:
            return done()
        return done()


def _id(kind: str, subject: str) -> int:
    """The id of what is reported; 0 for what is not there."""
    if kind == PROFILES.kind:
        named = Member.objects.filter(username=subject.lower())
        return named.values_list("pk", flat=True).first() or 0
    return number(subject) or 0
