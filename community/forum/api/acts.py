"""/api/v1/topics/acts/, …/split/, /api/v1/posts/…/hidden/: what moderators do to topics."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from community.forum import permissions
from community.forum.api.shapes import OneTopic
from community.forum.api.topics import one_topic
from community.forum.domain import moderation
from community.forum.domain.moderation import bulk
from community.forum.finding import post_or_404, topic_or_404
from community.forum.forms.acts import ACTS, ActForm
from community.forum.models import TITLE_LENGTH, Board, Post, Topic
from community.members.api.scoped import DONE, Conflict, Scoped, done
from community.members.api.sent import Sent, sent
from community.members.models import ApiToken

MOST_TOPICS, MOST_POSTS = 100, 200
ID = serializers.IntegerField(min_value=1, max_value=2**62)
DONE_TO_ALL = {204: OpenApiResponse(description="Done to all of them; refused, to none.")}


class ActSent(Sent):
    """One act on topics, with what it needs: `days` for lock_later and, if it ends, pin;
    `minutes` between two replies for slow; the `board` to move to; the topic to merge `into`."""

    act = serializers.ChoiceField(list(ACTS))
    topics = serializers.ListField(child=ID, min_length=1, max_length=MOST_TOPICS)
    days = serializers.IntegerField(required=False, min_value=1, max_value=365)
    minutes = serializers.IntegerField(required=False, min_value=0, max_value=7 * 24 * 60)
    board = serializers.SlugField(required=False)
    into = serializers.IntegerField(required=False, min_value=1, max_value=2**62)


class SplitSent(Sent):
    """Numbers of posts, and the title of the topic they become; the first post stays."""

    numbers = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=10**8),
        min_length=1,
        max_length=MOST_POSTS,
    )
    title = serializers.CharField(max_length=TITLE_LENGTH)


class Moderating(Scoped):
    writes_with = ApiToken.Scope.MODERATION


class Acts(Moderating):
    @extend_schema(
        operation_id="topics_act",
        summary="Lock, pin, hide, slow, move or merge topics",
        tags=["moderation"],
        request=ActSent,
        responses=DONE_TO_ALL,
    )
    def post(self, request: Request) -> Response:
        said = sent(ActSent(data=request.data))
        topics = self._topics(said.pop("topics"))
        order = self._order(said)
        try:
            bulk.carry_out(order=order, topics=topics, by=self.member, at=timezone.now())
        except bulk.NotYours as refused:
            names = ", ".join(f"“{topic}”" for topic in refused.topics)
            text = _("Nothing was done: you do not moderate the board of %(topics)s.")
            raise PermissionDenied(text % {"topics": names}, "not_yours") from refused
        except moderation.CannotMerge as error:
            text = _("These topics cannot be merged.")
            raise Conflict(text, "cannot_merge") from error
        return done()

    def _topics(self, ids: Sequence[int]) -> list[Topic]:
        found = Topic.objects.filter(pk__in=ids).select_related("board").order_by("pk")
        topics = [one for one in found if permissions.may_read(self.request.user, one)]
        if missing := set(ids) - {topic.pk for topic in topics}:
            text = _("There is no topic %(n)d.") % {"n": min(missing)}
            raise ValidationError({"topics": [text]})
        return topics

    def _order(self, said: dict[str, Any]) -> bulk.Order:
        """By the rules of the page's form, which knows a board by its id."""
        slug = said.pop("board", None)
        board = Board.objects.filter(slug=slug).values_list("pk", flat=True).first()
        if slug and board is None:
            raise ValidationError({"board": [_("There is no such board.")]})
        form = ActForm({**said, "board": board}, user=self.request.user)
        if not form.is_valid():
            raise ValidationError(
                {name: list(map(str, told)) for name, told in form.errors.items()}
            )
        return form.order()


class Split(Moderating):
    @extend_schema(
        operation_id="topics_split",
        summary="Make some posts a topic of their own",
        tags=["moderation"],
        request=SplitSent,
        responses={201: OneTopic},
    )
    def post(self, request: Request, pk: int) -> Response:
        topic, said = topic_or_404(request, pk), sent(SplitSent(data=request.data))
        if not permissions.moderates(request.user, topic.board):
            raise PermissionDenied
        try:
            made = moderation.split(
                topic=topic, board=topic.board, by=self.member, at=timezone.now(), **said
            )
        except moderation.CannotSplit as error:
            text = _("These are not all posts that can leave the topic.")
            raise Conflict(text, "cannot_split") from error
        return Response(one_topic(request, made), status=status.HTTP_201_CREATED)


class HiddenPost(Moderating):
    """Whether a post is out of everybody's sight but moderators'; the first takes its topic."""

    @extend_schema(
        operation_id="posts_hide",
        summary="Hide a post",
        tags=["moderation"],
        request=None,
        responses=DONE,
    )
    def put(self, request: Request, pk: int) -> Response:
        post = self._moderated(request, pk)
        if post.hidden_at is None:
            moderation.hide_post(post=post, by=self.member, at=timezone.now())
        return done()

    @extend_schema(
        operation_id="posts_show",
        summary="Show a post again",
        tags=["moderation"],
        responses=DONE,
    )
    def delete(self, request: Request, pk: int) -> Response:
        post = self._moderated(request, pk)
        if post.hidden_at is not None:
            moderation.show_post(post=post, by=self.member, at=timezone.now())
        return done()

    def _moderated(self, request: Request, pk: int) -> Post:
        post = post_or_404(request, pk)
        if not permissions.moderates(request.user, post.topic.board):
            raise PermissionDenied
        return post
