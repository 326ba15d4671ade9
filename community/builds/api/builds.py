"""/api/v1/builds/: what went out, and drafts from CI."""

from collections.abc import Sequence
from typing import Any, cast

from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.builds import permissions, queries
from community.builds.api.problems import told
from community.builds.api.shapes import BuildSent, BuildShape, OneBuildShape
from community.builds.domain import submissions
from community.builds.models import Build
from community.members.api import HasScope
from community.members.api.pages import CursorPages
from community.members.models import ApiToken, Member

FILTERS = {
    "product": "Address of a product.",
    "channel": "weekly, daily or stable.",
    "state": "draft (your own products), scheduled, published, closed, awarded, recalled …",
    "area": "Builds with a change in this area.",
}
KEY_LENGTH = 80


class Newest(CursorPages):
    """What comes or came out last comes first."""

    ordering = ("-sorted_at", "-pk")
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100


class Readable(APIView):
    """Read by anybody; answers carry an ETag, and depend on who asks."""

    permission_classes: list[type[BasePermission]] = [AllowAny, HasScope]

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        patch_vary_headers(response, ["Authorization", "Cookie"])
        final: Response = super().finalize_response(request, response, *args, **kwargs)
        return final


@method_decorator(conditional_page, name="dispatch")
class BuildList(Readable):
    """Builds, and new drafts."""

    pagination_class = Newest

    def get_permissions(self) -> Sequence[Any]:
        if self.request.method == "POST":
            return [IsAuthenticated(), HasScope.of(ApiToken.Scope.BUILDS)()]
        return super().get_permissions()

    @extend_schema(
        operation_id="builds_list",
        summary="List builds",
        tags=["builds"],
        parameters=[
            *(OpenApiParameter(name, str, description=text) for name, text in FILTERS.items()),
        ],
        responses=BuildShape(many=True),
    )
    def get(self, request: Request) -> Response:
        chosen = {name: request.query_params.get(name, "") for name in FILTERS}
        moment = Coalesce("published_at", "publish_at", "created_at")
        builds = queries.archive(request.user, **chosen).annotate(sorted_at=moment)
        pages = self.pagination_class()
        page: Any = pages.paginate_queryset(builds, request, view=self)
        shown = BuildShape(page, many=True, context={"request": request})
        return pages.get_paginated_response(shown.data)

    @extend_schema(
        operation_id="builds_create",
        summary="Draft a build",
        tags=["builds"],
        description=(
            "Makes the draft of a version, or finds it, and adds what is missing. Sent again it "
            "changes nothing; with the same Idempotency-Key it gives the same answer."
        ),
        parameters=[
            OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER, required=False)
        ],
        request=BuildSent,
        responses={
            201: OneBuildShape,
            200: OpenApiResponse(OneBuildShape, description="It was there already."),
        },
    )
    def post(self, request: Request) -> Response:
        form = BuildSent(data=request.data)
        form.is_valid(raise_exception=True)
        sent, key = form.sent(), request.headers.get("Idempotency-Key", "")
        if not permissions.can_manage(request.user, sent.product):
            raise _no_such_product()
        if len(key) > KEY_LENGTH:
            raise ValidationError(
                {"Idempotency-Key": [_("At most %(n)d characters.") % {"n": KEY_LENGTH}]}
            )
        by = cast("Member", request.user)
        with told():
            build, is_new = submissions.submit(sent=sent, by=by, at=timezone.now(), key=key)
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Response(one_build(request, build), status=code)


def _no_such_product() -> ValidationError:
    """As if the product did not exist: managers know theirs."""
    return ValidationError({"product": [_("You manage no product with this address.")]})


@method_decorator(conditional_page, name="dispatch")
class BuildDetail(Readable):
    """One build with its changes and who built them."""

    @extend_schema(
        operation_id="builds_retrieve",
        summary="Read a build",
        tags=["builds"],
        responses=OneBuildShape,
    )
    def get(self, request: Request, version: str) -> Response:
        return Response(one_build(request, build_or_404(request, version)))


def build_or_404(request: Request, version: str) -> Build:
    """The build at an address; a draft is there for its managers only."""
    build = queries.builds_for(request.user).filter(slug=version).first()
    if build is None:
        raise Http404
    return build


def one_build(request: Request, build: Build) -> dict[str, Any]:
    context = {"request": request, "features": queries.features_of(build)}
    shown: dict[str, Any] = OneBuildShape(build, context=context).data
    return shown
