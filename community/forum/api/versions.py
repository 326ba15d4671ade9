"""/api/v1/posts/…/versions/: what a post said before it was edited."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from community.forum import permissions
from community.forum.api.posts import one_post
from community.forum.api.problems import told
from community.forum.api.shapes import OnePost, VersionShape
from community.forum.domain import editing
from community.forum.domain.history import history
from community.forum.finding import post_or_404
from community.forum.models import Post, PostVersion
from community.forum.queries.writing import versions_of
from community.members.api.scoped import DONE, Scoped, done
from community.members.models import ApiToken


class VersionList(Scoped):
    is_public = True

    @extend_schema(
        operation_id="versions_list",
        summary="Read what a post said",
        tags=["forum"],
        description="Newest first; none where it was never edited.",
        responses=VersionShape(many=True),
    )
    def get(self, request: Request, pk: int) -> Response:
        post = post_or_404(request, pk)
        moderates = permissions.moderates(request.user, post.topic.board)
        revisions = history(versions_of(post), sees_hidden=moderates)
        return Response(VersionShape(revisions, many=True).data)


class Restore(Scoped):
    @extend_schema(
        operation_id="versions_restore",
        summary="Let a post say again what it said",
        tags=["forum"],
        request=None,
        responses=OnePost,
    )
    def post(self, request: Request, pk: int, number: int) -> Response:
        now, post = timezone.now(), post_or_404(request, pk)
        version = _version_or_404(request, post, number)
        if not permissions.may_restore(request.user, post, now):
            raise PermissionDenied
        with told():
            return one_post(editing.restore_version(version=version, by=self.member, at=now))


class HiddenVersion(Scoped):
    """Whether a version is out of everybody's sight but moderators'."""

    writes_with = ApiToken.Scope.MODERATION

    @extend_schema(
        operation_id="versions_hide",
        summary="Hide what a post said once",
        tags=["moderation"],
        request=None,
        responses=DONE,
    )
    def put(self, request: Request, pk: int, number: int) -> Response:
        return self._set(request, pk, number, is_hidden=True)

    @extend_schema(
        operation_id="versions_show",
        summary="Show again what a post said once",
        tags=["moderation"],
        responses=DONE,
    )
    def delete(self, request: Request, pk: int, number: int) -> Response:
        return self._set(request, pk, number, is_hidden=False)

    def _set(self, request: Request, pk: int, number: int, *, is_hidden: bool) -> Response:
        post = post_or_404(request, pk)
        version = _version_or_404(request, post, number)
        is_newest = version.number == post.versions.count()  # which is hidden with its post
        if is_newest or not permissions.moderates(request.user, post.topic.board):
            raise PermissionDenied
        hidden_at = timezone.now() if is_hidden else None
        editing.set_version_hidden(version=version, hidden_at=hidden_at)
        return done()


def _version_or_404(request: Request, post: Post, number: int) -> PostVersion:
    version = get_object_or_404(post.versions.select_related("post"), number=number)
    if version.hidden_at and not permissions.moderates(request.user, post.topic.board):
        raise Http404
    return version
