"""The settings of a product for programs: read, try, change; each room names its own sections."""

from http import HTTPStatus
from typing import Any, ClassVar, cast

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.builds import permissions, queries, sections
from community.builds.api.problems import told
from community.builds.domain import settings
from community.builds.domain.settings import Standing
from community.builds.models import Product, SettingsChange
from community.builds.sections import Question, Section, Values
from community.members.api import HasScope
from community.members.api.pages import CursorPages
from community.members.models import ApiToken, Member
from community.text.whole import number

NO_VERSION = -1
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the settings one has read.",
)


class SeenNothing(APIException):
    """A change names the version it is made upon."""

    status_code = HTTPStatus.PRECONDITION_REQUIRED
    default_detail = _("Send If-Match with the ETag of the settings you have read.")
    default_code = "version_required"


class SettingsShape(serializers.Serializer[Any]):
    """The settings of a section as a program sends them; ``values`` gives them to the domain."""

    def values(self) -> Values:
        return dict(self.validated_data)


class ChangeShape(serializers.Serializer[SettingsChange]):
    """One change of a section."""

    section = serializers.CharField()
    version = serializers.IntegerField()
    before = serializers.JSONField()
    after = serializers.JSONField()
    changed_by = serializers.CharField(source="changed_by.username", default=None, allow_null=True)
    changed_at = serializers.DateTimeField()


class SideShape(serializers.Serializer[Any]):
    """A figure as it was, and as it would have been."""

    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class PreviewColumn(serializers.Serializer[Any]):
    """A column; percents are shares of 1."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name, not its title
    kind = serializers.CharField()


class PreviewRow(serializers.Serializer[Any]):
    """A row, a change for each column."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field of that name, not its title
    changes = SideShape(many=True)


class PreviewTable(serializers.Serializer[Any]):
    """A part of a preview."""

    name = serializers.CharField()
    title = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    columns = PreviewColumn(many=True)
    rows = PreviewRow(many=True)


class PreviewShape(serializers.Serializer[Any]):
    """What would have come of other settings on the last build that closed; nothing is saved."""

    build = serializers.CharField(allow_null=True, help_text="Address of that build.")
    warnings = serializers.ListField(child=serializers.CharField())
    tables = PreviewTable(many=True)


class _OfOneProduct(APIView):
    """Managers of the product and admins; everybody else gets 404."""

    permission_classes = (IsAuthenticated, HasScope.of(ApiToken.Scope.BUILDS))
    section: ClassVar[Section]
    shape: ClassVar[type[SettingsShape]]

    def product(self, request: Request, slug: str) -> Product:
        product = get_object_or_404(Product, slug=slug)
        if not permissions.can_manage(request.user, product):
            raise Http404
        return product

    def sent(self, request: Request) -> Values:
        shape = self.shape(data=request.data)
        shape.is_valid(raise_exception=True)
        with told():
            return shape.values()


class SectionAddress(_OfOneProduct):
    """One section of a product's settings."""

    def get(self, request: Request, slug: str) -> Response:
        product = self.product(request, slug)
        return self._told(product, settings.standing(product, self.section))

    def put(self, request: Request, slug: str) -> Response:
        product, values = self.product(request, slug), self.sent(request)
        with told():
            stands = settings.change(
                product=product,
                section=self.section,
                values=values,
                seen=_seen(request),
                by=cast("Member", request.user),
                at=timezone.now(),
            )
        return self._told(product, stands)

    def _told(self, product: Product, stands: Standing) -> Response:
        answer = {
            "version": stands.version,
            "in_force": self.section.in_force(product),
            "settings": stands.values,
        }
        tag = {"ETag": f'"{stands.version}"', "Cache-Control": "no-store"}
        return Response(answer, headers=tag)


class PreviewAddress(_OfOneProduct):
    """What other settings would have made of the last build."""

    def post(self, request: Request, slug: str) -> Response:
        product, values = self.product(request, slug), self.sent(request)
        build = queries.last_closed(product)
        question = Question(
            product=product,
            build=build,
            before=self.section.read(product),
            after=values,
            at=timezone.now(),
        )
        seen = sections.preview(self.section, question)
        answer = {"build": build and build.slug, "warnings": seen.warnings, "tables": seen.tables}
        return Response(PreviewShape(answer).data)


def _seen(request: Request) -> int:
    """The version that If-Match names; one that never was for what is no version."""
    tag = request.headers.get("If-Match", "").strip()
    if not tag:
        raise SeenNothing
    version = number(tag.removeprefix("W/").strip('"'))
    return NO_VERSION if version is None else version


def addresses(
    section: Section, shape: type[SettingsShape], *, name: str
) -> tuple[type[SectionAddress], type[PreviewAddress]]:
    """The addresses of a section, described: to read and change it, and to try it."""
    whole = inline_serializer(
        f"{shape.__name__.removesuffix('Shape')}Settings",
        {
            "version": serializers.IntegerField(help_text="How often it was changed."),
            "in_force": serializers.CharField(help_text="From which build on, in words."),
            "settings": shape(),
        },
    )
    describe = extend_schema_view(
        get=extend_schema(
            operation_id=f"{name}_settings_read",
            summary=f"Read a product's settings: {name.replace('_', ' ')}",
            tags=["builds"],
            responses=whole,
        ),
        put=extend_schema(
            operation_id=f"{name}_settings_change",
            summary=f"Change a product's settings: {name.replace('_', ' ')}",
            description=(
                "In force from the next build that goes out; those that are out keep what they "
                "went out with. Sent again it changes nothing."
            ),
            tags=["builds"],
            parameters=[IF_MATCH],
            request=shape,
            responses={
                200: whole,
                412: OpenApiResponse(description="Somebody changed them meanwhile."),
                428: OpenApiResponse(description="If-Match is missing."),
            },
        ),
    )
    try_out = extend_schema_view(
        post=extend_schema(
            operation_id=f"{name}_settings_preview",
            summary=f"Try a product's settings on its last build: {name.replace('_', ' ')}",
            tags=["builds"],
            request=shape,
            responses=PreviewShape,
        )
    )
    bound = {"section": section, "shape": shape, "__doc__": shape.__doc__}
    kind = shape.__name__.removesuffix("Shape")
    return (
        describe(type(f"{kind}Address", (SectionAddress,), bound)),
        try_out(type(f"{kind}Preview", (PreviewAddress,), bound)),
    )


class Latest(CursorPages):
    """What was changed last comes first."""

    ordering = "-pk"


class ChangeList(_OfOneProduct):
    """Every change of a product's settings."""

    @extend_schema(
        operation_id="settings_changes",
        summary="List the changes of a product's settings",
        tags=["builds"],
        parameters=[OpenApiParameter("section", str, description="Of one section alone.")],
        responses=ChangeShape(many=True),
    )
    def get(self, request: Request, slug: str) -> Response:
        rows = SettingsChange.objects.filter(product=self.product(request, slug))
        if section := request.query_params.get("section"):
            rows = rows.filter(section=section)
        pages = Latest()
        page: Any = pages.paginate_queryset(rows.select_related("changed_by"), request, view=self)
        return pages.get_paginated_response(ChangeShape(page, many=True).data)
