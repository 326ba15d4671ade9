"""/api/v1/notices/choices/, …/rhythm/ and …/browsers/: where and when a member is told."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError as BadValue
from django.core.validators import URLValidator
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from community.members.api.scoped import DONE, Scoped, done
from community.members.api.sent import Sent, refuse_errors, sent
from community.notices.api.notices import LONGEST_KIND
from community.notices.domain import browsers, choosing
from community.notices.forms import RhythmForm
from community.notices.matrix import matrix_of
from community.notices.models import Channel, PushSubscription, Rhythm
from community.notices.push.vapid import decoded, public_key
from community.notices.queries import rhythm_of

LONGEST_ENDPOINT = 1000
LONGEST_KEY = 100
CLOCK = "%H:%M"


class ChoiceShape(Sent):
    """One kind on one channel; what cannot be changed stays as it is."""

    kind = serializers.CharField(max_length=LONGEST_KIND)
    channel = serializers.ChoiceField(Channel.choices)
    is_on = serializers.BooleanField()
    can_change = serializers.BooleanField(read_only=True)


@extend_schema_serializer(component_name="NoticeRhythm")
class RhythmShape(Sent):
    """When one is left alone, and when a digest comes; clocks are those of one's time zone."""

    wants_mail = serializers.BooleanField(help_text="Without it there are no digests either.")
    quiet_from = serializers.TimeField(format=CLOCK, input_formats=[CLOCK], allow_null=True)
    quiet_until = serializers.TimeField(format=CLOCK, input_formats=[CLOCK], allow_null=True)
    digest = serializers.ChoiceField(Rhythm.Digest.choices)
    digest_hour = serializers.IntegerField(min_value=0, max_value=23)
    digest_at = serializers.DateTimeField(
        read_only=True, allow_null=True, help_text="When the next one comes."
    )


class BrowserShape(serializers.Serializer[PushSubscription]):
    """A browser that takes pushes; its address is a secret, `service` says whose it is."""

    id = serializers.IntegerField()
    service = serializers.SerializerMethodField()
    language = serializers.CharField()
    created_at = serializers.DateTimeField()

    def get_service(self, browser: PushSubscription) -> str:
        return urlsplit(browser.endpoint).netloc


class BrowserKeys(Sent):
    """Both in URL-safe Base64."""

    p256dh = serializers.CharField(max_length=LONGEST_KEY)
    auth = serializers.CharField(max_length=LONGEST_KEY)


class BrowserSent(Sent):
    """What PushSubscription.toJSON() gives in a browser."""

    endpoint = serializers.CharField(max_length=LONGEST_ENDPOINT)
    keys = BrowserKeys()

    def validate_endpoint(self, endpoint: str) -> str:
        try:
            URLValidator(schemes=["https"])(endpoint)
        except BadValue as error:
            raise ValidationError(error.messages) from error
        return endpoint


class BrowserList(serializers.Serializer[Any]):
    """Those of one's own, and the site's key (VAPID): what subscribing asks for, "" for none."""

    application_server_key = serializers.CharField()
    results = BrowserShape(many=True)


class Choices(Scoped):
    """The matrix of kinds and channels."""

    @extend_schema(
        operation_id="notices_choices",
        summary="Read what I am told where",
        tags=["notices"],
        responses=ChoiceShape(many=True),
    )
    def get(self, request: Request) -> Response:
        return self._choices()

    @extend_schema(
        operation_id="notices_choose",
        summary="Choose what I am told where",
        tags=["notices"],
        description="What is not named stays.",
        request=ChoiceShape(many=True),
        responses=ChoiceShape(many=True),
    )
    def patch(self, request: Request) -> Response:
        form = ChoiceShape(data=request.data, many=True)
        form.is_valid(raise_exception=True)
        said = {(one["kind"], one["channel"]): one["is_on"] for one in form.validated_data}
        now = {cell.pair: cell.is_on for row in matrix_of(self.member) for cell in row.cells}
        choosing.choose(
            member=self.member, wanted=[pair for pair, is_on in (now | said).items() if is_on]
        )
        return self._choices()

    def _choices(self) -> Response:
        cells = [cell for row in matrix_of(self.member) for cell in row.cells]
        return Response(ChoiceShape(cells, many=True).data)


class OwnRhythm(Scoped):
    """Mail at all, quiet hours, the digest."""

    @extend_schema(
        operation_id="rhythm_retrieve",
        summary="Read when I am told",
        tags=["notices"],
        responses=RhythmShape,
    )
    def get(self, request: Request) -> Response:
        return Response(RhythmShape(rhythm_of(self.member)).data)

    @extend_schema(
        operation_id="rhythm_update",
        summary="Choose quiet hours and the digest",
        tags=["notices"],
        description="What is not named stays.",
        request=RhythmShape(partial=True),
        responses=RhythmShape,
    )
    def patch(self, request: Request) -> Response:
        said = sent(RhythmShape(data=request.data, partial=True))
        rhythm = rhythm_of(self.member)
        now = {name: getattr(rhythm, name) for name in RhythmForm.Meta.fields}
        form = RhythmForm(now | said, instance=rhythm)
        refuse_errors(form)
        chosen = choosing.choose_rhythm(member=self.member, at=timezone.now(), **form.cleaned_data)
        return Response(RhythmShape(chosen).data)


class Browsers(Scoped):
    """Browsers that take pushes."""

    @extend_schema(
        operation_id="browsers_list",
        summary="List my browsers that take pushes",
        tags=["notices"],
        responses=BrowserList,
    )
    def get(self, request: Request) -> Response:
        own = self.member.push_subscriptions.order_by("-created_at", "-pk")
        shown = {"application_server_key": public_key() or "", "results": own}
        return Response(BrowserList(shown).data)

    @extend_schema(
        operation_id="browsers_create",
        summary="Push to a browser",
        tags=["notices"],
        description="The same endpoint again is the same browser, with the keys sent last.",
        request=BrowserSent,
        responses={201: BrowserShape},
    )
    def post(self, request: Request) -> Response:
        said = sent(BrowserSent(data=request.data))
        try:
            kept = browsers.add_browser(
                member=self.member,
                endpoint=said["endpoint"],
                public_key=decoded(said["keys"]["p256dh"]),
                secret=decoded(said["keys"]["auth"]),
                language=translation.get_language() or "",
                at=timezone.now(),
            )
        except (ValueError, browsers.BadKeys) as error:
            raise ValidationError({"keys": [_("These are no keys of a browser.")]}) from error
        return Response(BrowserShape(kept).data, status=status.HTTP_201_CREATED)


class OneBrowser(Scoped):
    @extend_schema(
        operation_id="browsers_destroy",
        summary="No more pushes to a browser",
        tags=["notices"],
        responses=DONE,
    )
    def delete(self, request: Request, pk: int) -> Response:
        browser = get_object_or_404(PushSubscription, pk=pk, member=self.member)
        browsers.remove_browser(member=self.member, endpoint=browser.endpoint)
        return done()
