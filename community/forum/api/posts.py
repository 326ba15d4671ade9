"""/api/v1/topics/…/posts/, /api/v1/posts/…/: reading posts, replying, editing, taking back."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotAuthenticated, PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from community.forum import known, permissions
from community.forum.api import shapes
from community.forum.api.problems import told
from community.forum.api.sent import PostSent, ReplySent
from community.forum.domain import editing, posting
from community.forum.finding import post_or_404, topic_or_404
from community.forum.models import Post, Topic
from community.forum.queries.joining import reactions_to
from community.forum.queries.posts import waiting_posts
from community.forum.queries.ranges import PostRange, posts_before, posts_from
from community.forum.queries.writing import version_of
from community.members.api.keys import KEY, key_of
from community.members.api.scoped import DONE, Scoped, address, done
from community.members.api.sent import sent
from community.members.models import Member
from community.members.queries import unheard_by
from community.text.whole import number

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="The ETag of the words one has read."
)


class Range(serializers.Serializer[Any]):
    """Where to read a topic: forwards `from` a number or backwards `before` one."""

    before = serializers.IntegerField(required=False, min_value=2, max_value=2**31 - 1)
    is_waiting = serializers.BooleanField(
        default=False, help_text="My own replies that wait for approval, instead of a page."
    )

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        number = serializers.IntegerField(default=1, min_value=1, max_value=2**31 - 1)
        return {"from": number, **super().get_fields()}  # `from` is no name in Python


class TopicPosts(Scoped):
    is_public = True

    @extend_schema(
        operation_id="topics_posts",
        summary="Read the posts of a topic",
        tags=["forum"],
        description=(
            "Twenty numbers at a time; what is out of sight keeps its number and is left out. The "
            "number of a post is in `/posts/…/`, that of the last one in `post_count`."
        ),
        parameters=[Range],
        responses=shapes.PostPage,
    )
    def get(self, request: Request, pk: int) -> Response:
        topic, asked = topic_or_404(request, pk), sent(Range(data=request.query_params))
        if asked["is_waiting"]:
            return self._told(self._waiting(topic))
        sees_hidden = permissions.moderates(request.user, topic.board)
        if end := asked.get("before"):
            return self._told(posts_before(topic, end, sees_hidden=sees_hidden))
        return self._told(posts_from(topic, asked["from"], sees_hidden=sees_hidden))

    @extend_schema(
        operation_id="posts_create",
        summary="Reply",
        tags=["forum"],
        description="What has to be approved first says `is_held` and has no place yet.",
        parameters=[KEY],
        request=ReplySent,
        responses={201: shapes.OnePost},
    )
    def post(self, request: Request, pk: int) -> Response:
        now, topic = timezone.now(), topic_or_404(request, pk)
        words = sent(ReplySent(data=request.data, context={"request": request}))
        key = key_of(request)
        if not permissions.may_reply(request.user, topic, now):
            raise PermissionDenied
        if words.get("is_official") and not known.speaks_officially(request.user, topic):
            raise PermissionDenied
        words["answers"] = _answered(topic, words.get("answers"))
        with told():
            post = posting.reply(
                topic=topic, author=self.member, at=now, submission_key=key, **words
            )
        return one_post(post, status.HTTP_201_CREATED)

    def _waiting(self, topic: Topic) -> PostRange:
        if not isinstance(self.request.user, Member):
            raise NotAuthenticated
        posts = list(waiting_posts(topic, self.member).select_related("author", "topic"))
        return PostRange(posts=posts, earlier=None, later=None)

    def _told(self, found: PostRange) -> Response:
        user = self.request.user
        context = {"unheard": unheard_by(user), "mine": reactions_to(user, found.posts)}
        page = {
            "next": address(self.request, {"from": found.later, "before": None}),
            "previous": address(self.request, {"before": found.earlier, "from": None}),
            "results": found.posts,
        }
        return Response(shapes.PostPage(page, context=context).data)


class OnePost(Scoped):
    is_public = True

    @extend_schema(
        operation_id="posts_retrieve",
        summary="Read a post",
        tags=["forum"],
        description="`ETag` is the `version` of its words.",
        responses=shapes.OnePost,
    )
    def get(self, request: Request, pk: int) -> Response:
        return one_post(post_or_404(request, pk))

    @extend_schema(
        operation_id="posts_partial_update",
        summary="Edit a post of mine",
        tags=["forum"],
        description="Within a day. The same words sent again change nothing.",
        parameters=[IF_MATCH],
        request=PostSent,
        responses={
            200: shapes.OnePost,
            412: OpenApiResponse(description="It was edited elsewhere; `post` is what it says."),
        },
    )
    def patch(self, request: Request, pk: int) -> Response:
        now, post = timezone.now(), post_or_404(request, pk)
        words = sent(PostSent(data=request.data, context={"request": request}))
        if not permissions.may_edit(request.user, post, now):
            raise PermissionDenied
        with told():
            return one_post(editing.edit_post(post=post, at=now, seen=_seen(request), **words))

    @extend_schema(
        operation_id="posts_destroy",
        summary="Take a post of mine back",
        tags=["forum"],
        description="Within a minute.",
        responses=DONE,
    )
    def delete(self, request: Request, pk: int) -> Response:
        now, post = timezone.now(), post_or_404(request, pk)
        if not permissions.may_withdraw(request.user, post, now):
            raise PermissionDenied
        editing.withdraw(post=post, at=now)
        return done()


class PutBack(Scoped):
    @extend_schema(
        operation_id="posts_put_back",
        summary="Say again what was taken back",
        tags=["forum"],
        request=None,
        responses=shapes.OnePost,
    )
    def post(self, request: Request, pk: int) -> Response:
        # Its topic may have gone out of everybody's sight with it.
        post = get_object_or_404(Post.objects.select_related("topic__board", "author"), pk=pk)
        if not permissions.may_put_back(request.user, post, timezone.now()):
            post_or_404(request, pk)
            raise PermissionDenied
        editing.put_back(post=post)
        post.refresh_from_db(fields=["withdrawn_at"])
        return one_post(post)


def one_post(post: Post, code: int = status.HTTP_200_OK) -> Response:
    """A post with the version its words are."""
    version = version_of(post)
    shown = shapes.OnePost(post, context={"version": version})
    return Response(shown.data, code, headers={"ETag": f'"{version}"'})


def _seen(request: Request) -> int | None:
    """The version that If-Match names; None where it names none, 0 for what is no version."""
    seen = request.headers.get("If-Match", "").strip()
    if seen in {"", "*"}:
        return None
    return number(seen.strip('"')) or 0


def _answered(topic: Topic, pk: int | None) -> Post | None:
    if pk is None:
        return None
    answered = topic.posts.visible().filter(pk=pk).first()
    if answered is None:
        raise ValidationError({"answers": [_("There is no such post in this topic.")]})
    return answered
