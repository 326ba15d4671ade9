"""/api/v1/polls/…/options/…/picture/ and …/hidden/: what makers and moderators do to a poll."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.media.api import PictureProblem, PictureSent, sent_file
from community.media.domain.pictures import PictureRefused
from community.members.api import HasScope
from community.members.api.scoped import DONE, done
from community.members.models import ApiToken
from feedback.polls import permissions
from feedback.polls.api.finding import TAGS, WRITES, managed_or_404, member_of, poll_or_404, told
from feedback.polls.domain import hiding, making
from feedback.polls.models import Option, Poll
from feedback.polls.representation import OptionShape

MODERATES: list[type[BasePermission]] = [
    IsAuthenticated,
    HasScope.of(ApiToken.Scope.MODERATION),
]


class OptionPicture(APIView):
    """The picture of an option."""

    parser_classes = [MultiPartParser]
    permission_classes = WRITES

    @extend_schema(
        operation_id="polls_put_picture",
        summary="Show a picture with an option",
        tags=TAGS,
        description="As long as nobody has voted.",
        request={"multipart/form-data": PictureSent},
        responses=OptionShape,
    )
    def put(self, request: Request, pk: int, option: int) -> Response:
        poll, now = managed_or_404(request, pk), timezone.now()
        chosen = get_object_or_404(Option.objects.select_related("poll__topic__board"), pk=option)
        if chosen.poll_id != poll.pk:
            raise Http404
        file, by = sent_file(request, now), member_of(request)
        try:
            with told():
                making.put_picture(option=chosen, file=file, by=by, at=now)
        except PictureRefused as refused:
            raise PictureProblem(refused) from refused
        shown = Option.objects.select_related("picture").get(pk=option)
        return Response(OptionShape(shown).data)


class HiddenPoll(APIView):
    """Whether a poll is out of sight; for moderators of its board."""

    permission_classes = MODERATES

    @extend_schema(
        operation_id="polls_hide",
        summary="Hide a poll",
        tags=TAGS,
        description="Its votes stay; nobody votes meanwhile.",
        request=None,
        responses=DONE,
    )
    def put(self, request: Request, pk: int) -> Response:
        hiding.hide(poll=self._moderated(request, pk), by=member_of(request), at=timezone.now())
        return done()

    @extend_schema(
        operation_id="polls_show", summary="Show a hidden poll again", tags=TAGS, responses=DONE
    )
    def delete(self, request: Request, pk: int) -> Response:
        hiding.show(poll=self._moderated(request, pk), by=member_of(request), at=timezone.now())
        return done()

    def _moderated(self, request: Request, pk: int) -> Poll:
        poll = poll_or_404(request, pk)
        if not permissions.may_hide(request.user, poll):
            raise PermissionDenied
        return poll
