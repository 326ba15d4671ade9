"""What the addresses of the API share: scopes for reading and writing, pages, 204 and 409."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.utils.cache import patch_vary_headers
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.permissions import SAFE_METHODS, AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param
from rest_framework.views import APIView

from community.members.api import HasScope
from community.members.models import ApiToken, Member

DONE = {204: OpenApiResponse(description="So it is, whether it was before or not.")}


class Scoped(APIView):
    """Members read with one scope and write with another; visitors read what is public."""

    reads_with: str = ApiToken.Scope.READ
    writes_with: str = ApiToken.Scope.POSTS
    is_public = False

    def get_permissions(self) -> Sequence[Any]:
        is_read = self.request.method in SAFE_METHODS
        scope = HasScope.of(self.reads_with if is_read else self.writes_with)()
        return [AllowAny() if self.is_public and is_read else IsAuthenticated(), scope]

    @property
    def member(self) -> Member:
        """Who asks, where nobody is let in without signing in."""
        return cast("Member", self.request.user)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        patch_vary_headers(response, ["Authorization", "Cookie"])
        final: Response = super().finalize_response(request, response, *args, **kwargs)
        return final


class Conflict(APIException):
    """The domain's refusal, as a problem."""

    status_code = status.HTTP_409_CONFLICT


class Page(serializers.Serializer[Any]):
    """One page of a list; `next` is the address of the next one, null on the last."""

    next = serializers.CharField(allow_null=True)


def done() -> Response:
    """204: as DONE says."""
    return Response(status=status.HTTP_204_NO_CONTENT)


def address(request: Request, changed: Mapping[str, object]) -> str | None:
    """The address that was asked with these parameters changed; null when they are all empty."""
    if not any(changed.values()):
        return None
    url = request.build_absolute_uri()
    for name, value in changed.items():
        url = replace_query_param(url, name, value) if value else remove_query_param(url, name)
    return url
