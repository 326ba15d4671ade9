"""The themes of a report for programs: reading them, and putting them right."""

from http import HTTPStatus
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.members.api import HasScope
from community.members.models import ApiToken, Member
from feedback.reports.api.report import SEGMENTS, report_or_404
from feedback.reports.domain.reading import content_of
from feedback.reports.domain.themes import correcting, reading
from feedback.reports.forms import segment_in
from feedback.reports.models import Side, Theme, ThemeCorrection

Kind = ThemeCorrection.Kind
VERSION = OpenApiParameter("version", str, OpenApiParameter.PATH, description="Its address.")


class Refused(APIException):
    """The themes stand otherwise than the correction supposes."""

    status_code = HTTPStatus.CONFLICT
    default_code = "correction_refused"


class LabelShape(serializers.Serializer[Any]):
    """A word of a label for either reader."""

    en = serializers.CharField()
    zh = serializers.CharField()


class QuoteShape(serializers.Serializer[Any]):
    """A comment in its writer's words; ``ballot`` is its row in the list of ballots."""

    text = serializers.CharField()
    ballot = serializers.CharField(source="handle")


class WeekShape(serializers.Serializer[Any]):
    """A theme on one build; ``share`` is of all its ballots."""

    build = serializers.CharField(source="build.version")
    theme = serializers.IntegerField(source="theme.pk")
    ballots = serializers.IntegerField(source="theme.ballots")
    share = serializers.FloatField()


class ThemeShape(serializers.Serializer[Any]):
    """What at least five ballots speak of."""

    id = serializers.IntegerField(source="theme.pk")
    side = serializers.ChoiceField(choices=Side.choices, source="theme.side")
    name = serializers.CharField(source="theme.name", help_text="Given by a manager, or empty.")
    label = LabelShape(many=True, source="theme.label")  # type: ignore[assignment]  # a field of that name, not its title
    ballots = serializers.IntegerField()
    segments = serializers.DictField(
        child=serializers.DictField(child=serializers.IntegerField()), source="theme.faces"
    )
    features = serializers.ListField(child=serializers.IntegerField())
    change = serializers.ChoiceField(choices=["more", "fewer", "steady", "new", ""])
    weeks = WeekShape(many=True)
    quotes = QuoteShape(many=True)


class CorrectionShape(serializers.Serializer[ThemeCorrection]):
    """A correction: ``into`` is for merge, ``word`` for split, ``name`` for rename."""

    id = serializers.IntegerField(source="pk", read_only=True)
    kind = serializers.ChoiceField(choices=Kind.choices)
    name = serializers.CharField(max_length=80, required=False)
    into = serializers.IntegerField(write_only=True, required=False)
    word = serializers.CharField(max_length=80, write_only=True, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        needs = {Kind.MERGE: "into", Kind.SPLIT: "word", Kind.RENAME: "name"}.get(attrs["kind"])
        if needs and needs not in attrs:
            raise serializers.ValidationError({needs: "Needed for this kind."})
        return attrs


class Themes(APIView):
    """The themes of a report, the largest first; everybody but managers gets 404."""

    permission_classes = (IsAuthenticated, HasScope.of(ApiToken.Scope.READ))

    @extend_schema(
        operation_id="report_themes",
        summary="What comments of a build speak of",
        tags=["builds"],
        parameters=[VERSION, OpenApiParameter("side", str, enum=Side.values), *SEGMENTS],
        responses=ThemeShape(many=True),
    )
    def get(self, request: Request, version: str) -> Response:
        report = report_or_404(request, version)
        segment = segment_in(request.query_params)
        side = request.query_params.get("side")
        if side not in {None, *Side.values} or content_of(report, segment) is None:
            raise NotFound
        found = reading.lines(report, *([Side(side)] if side else Side), segment=segment)
        return Response(ThemeShape(found, many=True).data)


class Corrections(APIView):
    """Put a theme right; remembered for the builds to come."""

    permission_classes = (IsAuthenticated, HasScope.of(ApiToken.Scope.BUILDS))

    @extend_schema(
        operation_id="report_theme_correct",
        summary="Merge, split, rename or ignore a theme",
        tags=["builds"],
        parameters=[VERSION],
        request=CorrectionShape,
        responses={
            201: CorrectionShape,
            409: OpenApiResponse(description="Too few ballots, or merged elsewhere by now."),
        },
    )
    def post(self, request: Request, version: str, pk: int) -> Response:
        report = report_or_404(request, version)
        theme = report.themes.filter(pk=pk, merged_into=None).first()
        if theme is None:
            raise NotFound
        shape = CorrectionShape(data=request.data)
        shape.is_valid(raise_exception=True)
        try:
            made = self._made(theme, request, **shape.validated_data)
        except (correcting.NotBesideIt, correcting.TooFew, correcting.HasMerged) as refusal:
            raise Refused(type(refusal).__doc__) from refusal
        return Response(CorrectionShape(made).data, status=HTTPStatus.CREATED)

    def _made(self, theme: Theme, request: Request, *, kind: str, **given: Any) -> ThemeCorrection:
        assert isinstance(request.user, Member)  # noqa: S101 - IsAuthenticated
        how: dict[str, Any] = {"theme": theme, "by": request.user, "at": timezone.now()}
        match kind:
            case Kind.MERGE:
                into = Theme.objects.filter(pk=given["into"], report=theme.report_id).first()
                if into is None:
                    raise NotFound
                return correcting.merge(into=into, **how)
            case Kind.SPLIT:
                return correcting.split(word=given["word"], **how)
            case Kind.RENAME:
                return correcting.rename(name=given["name"], **how)
            case _:
                return correcting.ignore(**how)


class Correction(APIView):
    """One correction."""

    permission_classes = (IsAuthenticated, HasScope.of(ApiToken.Scope.BUILDS))

    @extend_schema(
        operation_id="report_theme_undo",
        summary="Undo a correction",
        tags=["builds"],
        parameters=[VERSION],
        responses={204: None, 409: OpenApiResponse(description="A later one rests on it.")},
    )
    def delete(self, request: Request, version: str, pk: int) -> Response:
        report = report_or_404(request, version)
        correction = ThemeCorrection.objects.filter(pk=pk, theme__report=report).first()
        if correction is None:
            raise NotFound
        assert isinstance(request.user, Member)  # noqa: S101 - IsAuthenticated
        try:
            correcting.undo(correction=correction, by=request.user, at=timezone.now())
        except correcting.BuiltOn as refusal:
            raise Refused(type(refusal).__doc__) from refusal
        return Response(status=HTTPStatus.NO_CONTENT)
